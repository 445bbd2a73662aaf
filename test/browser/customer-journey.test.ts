import { readFile, writeFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startPostgres } from "../../sandbox/postgres";
import { startJourney, type Journey } from "./journey";
import { look } from "./look";

const BUYER = "gil@example.com";
const SONG = "dawn-chorus.wav";
const SECONDS = 20;

let dir: string;
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let database: pg.Client;
let journey: Journey;
let page: Page;
let customer: Page;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "featherpost-journey-"));
  postgres = await startPostgres({ dir: path.join(dir, "pg"), port: 0, ephemeral: true });
  journey = await startJourney({ DATABASE_URL: postgres.url });
  database = await openSandboxDatabase(postgres.url);
  ({ page } = journey);
  customer = await journey.openPage();
});

afterAll(async () => {
  await database?.end();
  await journey?.end();
  await postgres?.stop();
  await rm(dir, { recursive: true, force: true });
});

/** The one that an ephemeral sandbox made beside the database it was given. */
async function openSandboxDatabase(url: string): Promise<pg.Client> {
  const given = new pg.Client({ connectionString: url });
  await given.connect();
  const { rows } = await given.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database WHERE datname LIKE 'featherpost\\_%'`,
  );
  await given.end();
  const client = new pg.Client({
    connectionString: Object.assign(new URL(url), { pathname: `/${rows[0]?.name}` }).href,
  });
  await client.connect();
  return client;
}

/** Opens the page that the newest mail to the buyer links to, by its button. */
async function openNewestMail(subject: RegExp): Promise<void> {
  await customer.goto(`${journey.sandbox.urls.inbox}?to=${BUYER}`);
  await customer.getByRole("link", { name: subject }).first().click();
  const [opened] = await Promise.all([
    journey.context.waitForEvent("page"),
    customer.frameLocator("iframe").getByRole("link", { name: "Open your page" }).first().click(),
  ]);
  await customer.close();
  customer = opened;
  customer.setDefaultTimeout(30_000);
  await customer.waitForLoadState();
}

/** Mono, 8 bits, 8 kHz. */
function wavOf(seconds: number): Buffer {
  const samples = Buffer.from(
    Array.from({ length: 8000 * seconds }, (_, index) => 128 + Math.round(60 * Math.sin(index / 4))),
  );
  const header = Buffer.alloc(44);
  header.write("RIFF");
  header.writeUInt32LE(36 + samples.length, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(8000, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write("data", 36);
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}

describe("a customer's way, in a browser", () => {
  test("given a product with a song, when a guest buys it with two copies of a program, then a mail tells of both", async () => {
    const song = path.join(dir, SONG);
    await writeFile(song, wavOf(SECONDS));
    let app = await journey.openApp("/app/assets");
    await app.locator("input[type=file]").first().setInputFiles(song);
    await app.getByRole("link", { name: SONG }).first().waitFor();
    app = await journey.openApp("/app/products");
    await app.getByRole("link", { name: "Poster" }).click();
    await app
      .getByRole("button", { name: /^Attach/ })
      .first()
      .click();
    const dialog = app.getByRole("dialog");
    await dialog.getByRole("checkbox", { name: new RegExp(SONG) }).check();
    await dialog.getByRole("button", { name: /^Attach/ }).click();
    await dialog.waitFor({ state: "hidden" });

    for (const [product, copies] of [
      ["Poster", 1],
      ["Synth Pro", 2],
    ] as const) {
      for (let copy = 0; copy < copies; copy++) {
        await customer.goto(journey.sandbox.urls.storefront);
        await customer.getByRole("link", { name: product }).first().click();
        await customer.getByRole("button", { name: "Add to cart" }).click();
      }
    }
    await customer.getByRole("link", { name: "Check out" }).click();
    await customer.getByRole("textbox", { name: "Email" }).fill(BUYER);
    await customer.getByRole("button", { name: /Place order/ }).click();
    await customer.getByText(SONG).first().waitFor();

    await customer.goto(`${journey.sandbox.urls.inbox}?to=${BUYER}`);
    await customer.getByRole("link", { name: /#1001/ }).first().click();
    await look(customer, "inbox-mail");
    const mail = customer.frameLocator("iframe");
    await mail.getByText("SYNTH-0001").first().waitFor();
    await mail.getByText("SYNTH-0002").first().waitFor();
  });

  test("given the mail, when its button is pressed, then the page lists what was bought and plays the song", async () => {
    await openNewestMail(/#1001/);

    await customer.getByRole("heading", { name: "Your downloads" }).waitFor();
    await customer.getByText("2 keys").first().waitFor();
    await look(customer, "page");
    const played = await customer.locator("audio").evaluate(async (audio: HTMLAudioElement) => {
      audio.muted = true;
      await audio.play();
      await new Promise((resolve) => setTimeout(resolve, 1500));
      return { seconds: audio.currentTime, length: audio.duration };
    });
    expect(played.length).toBeCloseTo(SECONDS, 0);
    expect(played.seconds).toBeGreaterThan(0.5);
    const { rows } = await database.query<{ used: number }>(`SELECT sum("used")::int AS used FROM "Grant"`);
    expect(rows[0]?.used).toBe(0);
  });

  test("given the page, when Download is clicked, then the bytes are the merchant's and one download is counted", async () => {
    const [download] = await Promise.all([
      customer.waitForEvent("download"),
      customer.getByRole("button", { name: `Download ${SONG}` }).click(),
    ]);

    expect(await readFile(await download.path())).toEqual(wavOf(SECONDS));
    await customer.getByText("4 downloads left").first().waitFor();
  });

  test("given a link whose hours are over, when a fresh one is asked for, then a mail brings it and it works", async () => {
    await database.query(`UPDATE "Delivery" SET "expiresAt" = now()`);
    await customer.reload();
    await customer.getByRole("heading", { name: "This link has expired" }).waitFor();
    await look(customer, "page-expired");

    await customer.getByRole("button", { name: "Send a fresh link" }).click();
    await customer.getByRole("heading", { name: "Look in your inbox" }).waitFor();

    await expect
      .poll(
        async () => {
          const { rows } = await database.query(
            `SELECT 1 FROM "Delivery" WHERE "kind" = 'fresh_link' AND "state" = 'sent'`,
          );
          return rows.length;
        },
        { timeout: 20_000 },
      )
      .toBe(1);
    await openNewestMail(/fresh|link/i);
    await customer.getByText(SONG).first().waitFor();
  });

  test("given two copies, when one is refunded in the admin, then one key is revoked and the page says so", async () => {
    await page.goto(`${journey.sandbox.urls.admin}/orders`);
    await page.getByRole("link", { name: "#1001" }).click();
    await page.getByRole("button", { name: "Refund" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("spinbutton", { name: /Synth Pro/ }).fill("1");
    await dialog.getByRole("button", { name: "Refund" }).click();
    await dialog.waitFor({ state: "hidden" });

    await expect
      .poll(
        async () => {
          await customer.reload();
          return customer.getByText("1 key no longer belongs to your order").count();
        },
        { timeout: 20_000 },
      )
      .toBe(1);
    await customer.getByText("1 key", { exact: true }).first().waitFor();
    await look(customer, "page-refunded");
    const { rows } = await database.query<{ state: string }>(
      `SELECT "state"::text FROM "PoolKey" WHERE "grantId" IS NOT NULL ORDER BY "seq"`,
    );
    expect(rows.map(({ state }) => state).toSorted()).toEqual(["granted", "revoked"]);
    const app = await journey.openApp("/app/orders");
    await app.getByRole("link", { name: "#1001" }).click();
    await app.getByText("Revoked").first().waitFor();
  });

  test("given all of that, when asked what broke on the way, then no page threw an error", () => {
    expect(journey.broken).toEqual([]);
  });
});
