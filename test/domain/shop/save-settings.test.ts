import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { saveSettings } from "~/domain/shop/save-settings.server";
import type { Settings } from "~/domain/shop/settings";
import { createGrant, createShop } from "../../factories";

const settings: Settings = {
  downloadLimit: null,
  accessDays: 30,
  updatePolicy: "latest",
  updateMonths: null,
  refundRevokes: true,
  holdHighRisk: false,
  linkHours: 24,
  fulfillLines: true,
  fulfillNotifies: false,
  signInRequired: false,
  revealToClaim: false,
  returnsUnseenKeys: false,
  freesPerMonth: 3,
  graceDays: 14,
  senderName: "Field Guides",
  supportAddress: "help@example.com",
};

describe("saveSettings", () => {
  test("given a shop, when settings are saved, then they are stored and the audit says which changed", async () => {
    const { id: shopId } = await createShop();

    const changed = await saveSettings({ shopId, settings: { ...settings, linkHours: 72 }, actor: "person:7" });

    expect(changed).toEqual(["downloadLimit", "accessDays", "senderName", "supportAddress"]);
    expect(await db.shop.findUnique({ where: { id: shopId } })).toMatchObject({ ...settings, linkHours: 72 });
    expect(await db.auditEntry.findMany({ where: { shopId } })).toMatchObject([
      { action: "settings_saved", actor: "person:7", data: { changed } },
    ]);
  });

  test("given saved settings, when they are saved again, then nothing changes and nothing is noted", async () => {
    const { id: shopId } = await createShop(settings);

    const changed = await saveSettings({ shopId, settings, actor: "person:7" });

    expect(changed).toEqual([]);
    expect(await db.auditEntry.count({ where: { shopId } })).toBe(0);
  });

  test("given another shop and a grant, when settings are saved, then neither is touched", async () => {
    const other = await createShop();
    const grant = await createGrant();

    await saveSettings({ shopId: grant.shopId, settings, actor: "person:7" });

    expect(await db.shop.findUnique({ where: { id: other.id } })).toEqual(other);
    expect(await db.grant.findUnique({ where: { id: grant.id } })).toMatchObject({ downloadLimit: 5, expiresAt: null });
  });
});
