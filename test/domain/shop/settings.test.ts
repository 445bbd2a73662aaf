import { describe, expect, test } from "vitest";
import { z } from "zod";
import { Settings } from "~/domain/shop/settings";

const asSaved = {
  downloadLimit: "5",
  accessDays: "unlimited",
  updatePolicy: "latest",
  updateMonths: "",
  refundRevokes: "true",
  holdHighRisk: "false",
  linkHours: "72",
  fulfillLines: "true",
  fulfillNotifies: "false",
  signInRequired: "false",
  revealToClaim: "false",
  returnsUnseenKeys: "false",
  freesPerMonth: "3",
  graceDays: "14",
  senderName: "",
  supportAddress: "",
};

describe("Settings", () => {
  test("given the settings a shop starts with, when they are read, then they are what the database holds", () => {
    expect(Settings.parse(asSaved)).toEqual({
      downloadLimit: 5,
      accessDays: null,
      updatePolicy: "latest",
      updateMonths: null,
      refundRevokes: true,
      holdHighRisk: false,
      linkHours: 72,
      fulfillLines: true,
      fulfillNotifies: false,
      signInRequired: false,
      revealToClaim: false,
      returnsUnseenKeys: false,
      freesPerMonth: 3,
      graceDays: 14,
      senderName: null,
      supportAddress: null,
    });
  });

  test.each([
    [{ downloadLimit: "unlimited" }, { downloadLimit: null }],
    [{ downloadLimit: " 1 " }, { downloadLimit: 1 }],
    [{ downloadLimit: "100000" }, { downloadLimit: 100_000 }],
    [{ accessDays: "365" }, { accessDays: 365 }],
    [{ linkHours: "1" }, { linkHours: 1 }],
    [{ linkHours: "8760" }, { linkHours: 8760 }],
    [{ updatePolicy: "bought" }, { updatePolicy: "bought", updateMonths: null }],
    [
      { updatePolicy: "months", updateMonths: "12" },
      { updatePolicy: "months", updateMonths: 12 },
    ],
    [
      { updatePolicy: "latest", updateMonths: "12" },
      { updatePolicy: "latest", updateMonths: null },
    ],
    [{ holdHighRisk: "true" }, { holdHighRisk: true }],
    [{ freesPerMonth: "0" }, { freesPerMonth: 0 }],
    [{ freesPerMonth: "1000" }, { freesPerMonth: 1000 }],
    [{ graceDays: "365" }, { graceDays: 365 }],
    [{ senderName: "  Zoë & Söhne 🎧 " }, { senderName: "Zoë & Söhne 🎧" }],
    [{ senderName: "x".repeat(100) }, { senderName: "x".repeat(100) }],
    [{ supportAddress: " help@example.com " }, { supportAddress: "help@example.com" }],
  ])("given %j, when it is read, then it is %j", (fields, settings) => {
    expect(Settings.parse({ ...asSaved, ...fields })).toMatchObject(settings);
  });

  test.each([
    ["downloadLimit", "0", "Enter a whole number from 1 to 100,000, or choose unlimited"],
    ["downloadLimit", "", "Enter a whole number from 1 to 100,000, or choose unlimited"],
    ["downloadLimit", "-3", "Enter a whole number from 1 to 100,000, or choose unlimited"],
    ["downloadLimit", "1.5", "Enter a whole number from 1 to 100,000, or choose unlimited"],
    ["downloadLimit", "1e3", "Enter a whole number from 1 to 100,000, or choose unlimited"],
    ["downloadLimit", "100001", "Enter a whole number from 1 to 100,000, or choose unlimited"],
    ["accessDays", "soon", "Enter a whole number of days from 1 to 36,500, or choose unlimited"],
    ["linkHours", "0", "Enter a whole number of hours from 1 to 8,760, which is a year"],
    ["linkHours", "8761", "Enter a whole number of hours from 1 to 8,760, which is a year"],
    ["linkHours", "unlimited", "Enter a whole number of hours from 1 to 8,760, which is a year"],
    ["linkHours", undefined, "Enter a whole number of hours from 1 to 8,760, which is a year"],
    ["updatePolicy", "sometimes", "Choose what earlier buyers get"],
    ["updateMonths", "0", "Enter a whole number of months from 1 to 120"],
    ["updateMonths", "121", "Enter a whole number of months from 1 to 120"],
    ["refundRevokes", undefined, "Choose one"],
    ["holdHighRisk", "perhaps", "Choose one"],
    ["freesPerMonth", "1001", "Enter a whole number from 0 to 1,000"],
    ["freesPerMonth", "-1", "Enter a whole number from 0 to 1,000"],
    ["graceDays", "0", "Enter a whole number of days from 1 to 365"],
    ["graceDays", "366", "Enter a whole number of days from 1 to 365"],
    ["senderName", "x".repeat(101), "Use at most 100 characters"],
    ["senderName", "Shop\r\nBcc: all@example.com", "Use a name without line breaks or control characters"],
    ["senderName", "My\u2028Shop", "Use a name without line breaks"],
    ["supportAddress", "help", "Enter an email address, such as help@example.com"],
    ["supportAddress", "a@b.com\nBcc: c@d.com", "Enter an email address, such as help@example.com"],
    ["supportAddress", `${"a".repeat(64)}@${"b".repeat(60)}.${"c".repeat(190)}.com`, "Use at most 254"],
  ])("given %s is %j, when it is read, then it says what is wrong in words", (name, value, words) => {
    const result = Settings.safeParse({ ...asSaved, [name]: value });

    const errors: Record<string, string[] | undefined> = result.success ? {} : z.flattenError(result.error).fieldErrors;
    expect(Object.keys(errors)).toEqual([name]);
    expect(errors[name]?.[0]).toContain(words);
  });

  test("given new versions for some months, when their number is missing, then that field says so", () => {
    const result = Settings.safeParse({ ...asSaved, updatePolicy: "months" });

    const errors = result.success ? {} : z.flattenError(result.error).fieldErrors;
    expect(errors).toEqual({ updateMonths: ["Enter a whole number of months from 1 to 120"] });
  });
});
