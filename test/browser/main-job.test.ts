import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startJourney, type Journey } from "./journey";
import { look } from "./look";

const FILE_BYTES = 64 * 1024 * 1024;
const FILE_NAME = "Nächtliche Klänge 夜 🎧.zip";
const LONG_TITLE = `The complete, unabridged and thoroughly annotated ${"field recordings ".repeat(8)}volume 12`;
const KEYS = "sku;license\nPOSTER;POSTER-AAAA-0001\nPOSTER;POSTER-BBBB-0002\nPOSTER;POSTER-AAAA-0001\n";

let journey: Journey;
let page: Page;

beforeAll(async () => {
  journey = await startJourney();
  ({ page } = journey);
});

afterAll(() => journey?.end());

async function sha256Of(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

describe("the main job, in a browser", () => {
  let original = "";

  test("given a file of 64 MB, when the merchant uploads it, then it is stored with the SHA-256 of its bytes", async () => {
    const file = path.join(journey.dir, FILE_NAME);
    const bytes = randomBytes(FILE_BYTES);
    await writeFile(file, bytes);
    original = createHash("sha256").update(bytes).digest("hex");
    const app = await journey.openApp("/app/assets");

    await app.locator("input[type=file]").first().setInputFiles(file);

    await app
      .getByText(`SHA-256 ${original.slice(0, 8)}`)
      .first()
      .waitFor({ timeout: 180_000 });
    await app.getByRole("link", { name: FILE_NAME }).first().waitFor();
    await look(page, "admin-assets");
    await app.getByRole("link", { name: FILE_NAME }).first().click();
    await app.getByRole("heading", { name: "Versions" }).waitFor();
    await look(page, "admin-asset");
  });

  test("given a CSV of several columns, when its keys are imported, then the report names the line that was double", async () => {
    const file = path.join(journey.dir, "keys.csv");
    await writeFile(file, KEYS);
    let app = await journey.openApp("/app/pools");
    await look(page, "admin-pools");
    const create = app.getByRole("button", { name: "Create pool" }).first();
    await create.focus();
    await page.keyboard.press("Enter");
    await app.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await app.getByRole("dialog").waitFor({ state: "hidden" });
    await expect.poll(() => create.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    await app.getByLabel("Name", { exact: true }).fill("Poster keys");
    await app.getByRole("dialog").getByRole("button", { name: "Create pool" }).click();
    await app.getByRole("heading", { name: "Poster keys" }).waitFor();

    await app.locator("input[type=file]").first().setInputFiles(file);
    // No product gives keys of this pool yet, so no SKU of the file names one.
    await app.getByRole("button", { name: "Change columns" }).click();
    await app.getByLabel("SKU").selectOption({ label: "In no column" });
    await app.getByRole("button", { name: "Check the file" }).click();
    await app.getByRole("button", { name: "Add 2 keys" }).click();

    await app
      .getByText(/2 keys added/)
      .first()
      .waitFor();
    await app.getByText("Stands in the file more than once").waitFor();
    await look(page, "admin-pool");
    app = await journey.openApp("/app/pools");
    await app.getByRole("link", { name: "Poster keys" }).waitFor();
  });

  test("given the file and the pool, when both are attached to a product, then its buyers get them", async () => {
    const product = { title: LONG_TITLE, variants: [{ title: "Default Title", sku: "LONG", price: "10.00" }] };
    await fetch(`${journey.sandbox.urls.control}/products`, { method: "POST", body: JSON.stringify(product) });
    let app = await journey.openApp("/app/products");
    await app.getByRole("link", { name: LONG_TITLE }).waitFor();
    await look(page, "admin-products");
    await app.getByRole("link", { name: "Poster" }).click();
    await app
      .getByRole("button", { name: /^Attach/ })
      .first()
      .click();
    const dialog = app.getByRole("dialog");
    await dialog.getByRole("checkbox", { name: new RegExp(FILE_NAME.slice(0, 12)) }).check();
    await dialog.getByRole("checkbox", { name: /Poster keys/ }).check();
    await dialog.getByRole("button", { name: /^Attach/ }).click();

    await dialog.waitFor({ state: "hidden" });
    await app.getByText(FILE_NAME).first().waitFor();
    await app.getByText("Poster keys").first().waitFor();
    await look(page, "admin-product");
    app = await journey.openApp("/app/settings");
    await app.getByRole("heading", { name: "Settings" }).waitFor();
    await look(page, "admin-settings");
  });

  test("given a customer, when they buy it on the storefront, then the thank-you page shows the file and the key", async () => {
    await page.goto(journey.sandbox.urls.storefront);
    await look(page, "storefront");
    await page.getByRole("link", { name: "Poster" }).first().click();
    await page.getByRole("button", { name: "Buy now" }).waitFor();
    await look(page, "storefront-product");
    await page.getByRole("button", { name: "Add to cart" }).click();
    await look(page, "storefront-cart");
    await page.getByRole("link", { name: "Check out" }).click();
    await page.getByRole("textbox", { name: "Email" }).fill("nora@example.com");
    await page.getByRole("textbox", { name: "Name" }).fill("Nora Example");
    await look(page, "storefront-checkout");
    await page.getByRole("button", { name: /Place order/ }).click();

    await page.getByText(FILE_NAME).first().waitFor();
    await page.getByText("POSTER-AAAA-0001").first().waitFor();
    await look(page, "account-thank-you");
  });

  test("given the order-status page, when Download is clicked once, then the bytes are the merchant's", async () => {
    await page.goto(journey.sandbox.urls.account);
    await look(page, "account-sign-in");
    await page.getByRole("textbox", { name: "Email" }).fill("nora@example.com");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("link", { name: /#1001/ }).first().waitFor();
    await look(page, "account-orders");
    await page.getByRole("link", { name: /#1001/ }).first().click();
    await page.getByText(FILE_NAME).first().waitFor();
    await look(page, "account-order");

    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: new RegExp(`Download.*${FILE_NAME.slice(0, 12)}`) }).click(),
    ]);

    expect(download.suggestedFilename()).toBe(FILE_NAME);
    expect(await sha256Of(await download.path())).toBe(original);
    await page.getByText(/4/).first().waitFor();
  });

  test("given a signed-in customer, when they open all downloads, then the order is there", async () => {
    await page.goto(`${journey.sandbox.urls.account}/downloads`);

    await page.getByText("#1001").first().waitFor();
    await page.getByText(FILE_NAME).first().waitFor();
    await look(page, "account-downloads");
  });

  test("given the sale, when the merchant looks, then home, orders and the order tell of it", async () => {
    let app = await journey.openApp("/app");
    await app.getByText(/#1001/).first().waitFor();
    await look(page, "admin-home");
    app = await journey.openApp("/app/orders");
    await app.getByRole("link", { name: "#1001" }).waitFor();
    await look(page, "admin-orders");
    await app.getByRole("link", { name: "#1001" }).click();
    await app.getByText("nora@example.com").first().waitFor();
    await app.getByText(FILE_NAME).first().waitFor();
    await look(page, "admin-order");
  });

  test("given the sandbox's own pages, when looked at, then they are whole", async () => {
    await page.goto(journey.sandbox.urls.home);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await look(page, "home");
    await page.goto(journey.sandbox.urls.inbox);
    await look(page, "inbox");
    await page.goto(`${journey.sandbox.urls.admin}/orders`);
    await look(page, "admin-store-orders");
    await page.goto(`${journey.sandbox.urls.admin}/products`);
    await look(page, "admin-store-products");
  });

  test("given all of that, when asked what broke on the way, then no page threw an error", () => {
    expect(journey.broken).toEqual([]);
  });
});
