import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { licenseClient, type Kept } from "../example-client/license-client";
import { startJourney, type Journey } from "./journey";
import { look } from "./look";

const BUYER = "kim@example.com";
const POOL = "Synth Pro keys";
const NEW_KEYS = 49_960;
const BAD_LINES = 40;

let journey: Journey;
let page: Page;
let customer: Page;
let license = "";
const kept = new Map<string, Kept>();

beforeAll(async () => {
  journey = await startJourney();
  ({ page } = journey);
  customer = await journey.openPage();
});

afterAll(() => journey?.end());

async function openPool(name: string): Promise<FrameLocator> {
  const app = await journey.openApp("/app/pools");
  await app.getByRole("link", { name }).click();
  await app.getByRole("heading", { name, level: 1 }).waitFor();
  return app;
}

/** The mails to the buyer, newest first. */
async function mails(): Promise<{ subject: string; text: string }[]> {
  const answer = await fetch(`${journey.sandbox.urls.control}/inbox?to=${BUYER}`);
  return ((await answer.json()) as { messages: { subject: string; text: string }[] }).messages;
}

const machine = (fingerprint: string) =>
  licenseClient({
    appUrl: journey.sandbox.urls.app,
    shop: journey.sandbox.shop,
    fingerprint: `machine-${fingerprint}`,
  });

async function activate(fingerprint: string): Promise<void> {
  kept.set(fingerprint, await machine(fingerprint).activate(license, `Studio ${fingerprint}`));
}

describe("license keys, in a browser", () => {
  test("given 25 keys, when 30 are bought, then mail and page give 25 and say that 5 are to come", async () => {
    await customer.goto(journey.sandbox.urls.storefront);
    await customer.getByRole("link", { name: "Synth Pro" }).first().click();
    await customer.getByRole("spinbutton", { name: /Quantity/ }).fill("30");
    await customer.getByRole("button", { name: "Add to cart" }).click();
    await customer.getByRole("link", { name: "Check out" }).click();
    await customer.getByRole("textbox", { name: "Email" }).fill(BUYER);
    await customer.getByRole("button", { name: /Place order/ }).click();
    await customer.getByText("synth-pro.zip").first().waitFor();

    await expect.poll(async () => (await mails()).length, { timeout: 30_000 }).toBe(1);
    const [mail] = await mails();
    expect(mail?.text).toContain("25 keys");
    expect(mail?.text).toContain("5 to come");
    await customer.goto(/https?:\/\/\S+\/d\/\S+/.exec(mail?.text ?? "")?.[0] ?? "");
    await customer.getByText("25 keys and 5 to come").first().waitFor();
    await look(customer, "page-keys-to-come");
  });

  test("given the five who wait, when the merchant adds five keys, then a mail brings them and the page is complete", async () => {
    const app = await openPool(POOL);
    await app.getByRole("button", { name: "Add keys" }).first().click();
    const dialog = app.getByRole("dialog");
    await dialog
      .getByLabel("Keys, one per line")
      .fill(["A", "B", "C", "D", "E"].map((end) => `SYNTH-EXTRA-${end}`).join("\n"));
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    await dialog.waitFor({ state: "hidden" });

    await expect.poll(async () => (await mails())[0]?.subject, { timeout: 30_000 }).toMatch(/keys .* are here/);
    expect((await mails())[0]?.text).toContain("SYNTH-EXTRA-A");
    await customer.reload();
    await customer.getByText("30 keys", { exact: true }).first().waitFor();
    await customer.getByText("SYNTH-EXTRA-E").first().waitFor();
  });

  test("given a license for three machines, when four activate, then the fourth is refused until the customer frees a place", async () => {
    license = (await customer.locator(".key").first().innerText()).match(/SYNTH-0001-\S+/)?.[0] ?? "";
    for (const fingerprint of ["one", "two", "three"]) await activate(fingerprint);
    await expect(activate("four")).rejects.toThrow("Every place of this license is taken");

    await customer.reload();
    await customer.getByText("3 of 3 machines in use").first().click();
    await look(customer, "page-machines");
    const two = customer.locator(".machine").filter({ hasText: "Studio two" });
    await two.getByText("Free this place").click();
    await two.getByRole("button", { name: /Free it/ }).click();
    await customer.getByText("2 of 3 machines in use").first().waitFor();

    await activate("four");
    const freed = kept.get("two");
    expect(freed && (await machine("two").renew(freed))).toBeNull();
  });

  test("given an activated license, when the merchant revokes it, then validate says so", async () => {
    const app = await journey.openApp("/app/orders");
    await app.getByRole("link", { name: "#1001" }).click();
    await app
      .getByRole("button", { name: new RegExp(`Revoke .*${license.slice(-4)}`) })
      .first()
      .click();
    await app.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await app.getByRole("dialog").waitFor({ state: "hidden" });

    const answer = await fetch(`${journey.sandbox.urls.app}/api/licenses/validate`, {
      method: "POST",
      body: JSON.stringify({ shop: journey.sandbox.shop, key: license.toLowerCase(), fingerprint: "machine-one" }),
    });
    expect(await answer.json()).toMatchObject({ valid: false, reason: "revoked" });
    await look(page, "admin-order-keys");
  });

  test("given a file of 50,000 keys with 40 bad lines, when it is checked, then the report names them and one click adds the rest", async () => {
    const good = Array.from({ length: NEW_KEYS }, (_, index) => `BULK-${String(index).padStart(6, "0")}`);
    const bad = Array.from({ length: BAD_LINES }, (_, index) => `BULK-\u0007-${index}`);
    const file = path.join(journey.dir, "keys.csv");
    await writeFile(file, ["key", ...good.slice(0, 100), ...bad, ...good.slice(100)].join("\n"));
    const app = await openPool(POOL);

    await app.locator("input[type=file]").first().setInputFiles(file);

    await app.getByText("49,960").first().waitFor({ timeout: 120_000 });
    await app.getByRole("tab", { name: /Bad/ }).click();
    await app.getByText("Contains invisible or damaged characters").first().waitFor();
    await look(page, "admin-import");
    await app.getByRole("button", { name: /Add 49,960 keys/ }).click();
    await app
      .getByText(/49,960 keys added/)
      .first()
      .waitFor({ timeout: 120_000 });
  });

  test("given all of that, when asked what broke on the way, then no page threw an error", () => {
    expect(journey.broken).toEqual([]);
  });
});
