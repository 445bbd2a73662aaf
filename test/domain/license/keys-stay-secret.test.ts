import { Readable } from "node:stream";
import { format } from "node:util";
import { runOnce } from "graphile-worker";
import { JSDOM } from "jsdom";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { db } from "~/db.server";
import { readDeliveryToken } from "~/domain/delivery/delivery-token.server";
import { importKeys } from "~/domain/key-import/import-keys.server";
import { revealKey } from "~/domain/license/reveal-key.server";
import { createToken } from "~/domain/token/create-token.server";
import { runCheckKeyImport } from "~/jobs/check-key-import.server";
import { runSendDelivery } from "~/jobs/send-delivery.server";
import * as backEnd from "~/routes/api.licenses";
import * as activate from "~/routes/api.licenses.activate";
import * as validate from "~/routes/api.licenses.validate";
import * as revoke from "~/routes/api.licenses_.$licenseId_.revoke";
import { action as ordersWebhook } from "~/routes/webhooks.orders";
import { createGrant, createPool, createShop } from "../../factories";
import { call as callPage } from "../../routes/page-calls";
import { startApiServer } from "../../setup/api-server";
import { startTestMailbox } from "../../setup/mailbox";
import { answerOf, webhookRequest } from "../../setup/signed-requests";
import { startTestStorage } from "../../setup/storage";

const MARKER = "MARKER-SECRET-7Q";
const now = new Date();

const said: string[] = [];
const asked: string[] = [];
let reject: number | undefined;
let mailbox: Awaited<ReturnType<typeof startTestMailbox>>;
let server: Awaited<ReturnType<typeof startApiServer>>;

beforeAll(async () => {
  await startTestStorage(() => ({ status: 503, rate: 1 }));
  mailbox = await startTestMailbox(() => ({ reject }));
  server = await startApiServer({
    "/api/licenses": backEnd,
    "/api/licenses/activate": activate,
    "/api/licenses/validate": validate,
    "/api/licenses/$licenseId/revoke": revoke,
  });
});
afterAll(() => server.stop());

/** Hears all that is written to console and its streams until the end of the test. */
function listen() {
  const levels = ["log", "info", "debug", "warn", "error", "trace"] as const;
  for (const level of levels) vi.spyOn(console, level).mockImplementation((...args) => void said.push(format(...args)));
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((text) => said.push(String(text)) > 0);
  }
}

async function call(path: string, body: object | string | null, token?: string) {
  asked.push(path);
  const answer = await fetch(server.url + path, {
    method: body === null ? "GET" : "POST",
    headers: { "X-Forwarded-For": "203.0.113.77", ...(token && { Authorization: `Bearer ${token}` }) },
    body: typeof body === "string" || body === null ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, text, headers: JSON.stringify([...answer.headers]) };
}

function fileOf(...lines: string[]) {
  return Readable.from([Buffer.from(`license\n${lines.join("\n")}\n`)]);
}

/** Every row of every table, jobs included, as text. */
async function wholeDatabase(): Promise<string> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
    WHERE table_schema IN ('public', 'graphile_worker') AND table_type = 'BASE TABLE'`;
  const rows = await Promise.all(
    tables.map(({ name }) => db.$queryRawUnsafe<object[]>(`SELECT to_jsonb(t) AS row FROM ${name} t`)),
  );
  return JSON.stringify(rows);
}

function linksIn(html: string): string {
  const { document } = new JSDOM(html).window;
  const attributes = ["href", "src", "action", "formaction"];
  const found = [...document.querySelectorAll("*")].flatMap((element) =>
    attributes.map((name) => element.getAttribute(name)),
  );
  return found.filter(Boolean).join("\n");
}

describe("license keys", () => {
  test("given keys that are imported, sold, shown, checked and refused, when all that is written anywhere is searched, then no text of a key is in it", async () => {
    listen();
    const shop = await createShop({ keysInMail: true });
    const pool = await createPool({ shopId: shop.id, name: "Keys" });
    const { id: grantId, orderId } = await createGrant({ shopId: shop.id, poolId: pool.id, state: "waiting" });
    const { text: token } = await createToken({
      shopId: shop.id,
      name: "t",
      scopes: ["licenses:read", "licenses:write"],
      actor: "worker",
    });
    const input = { shopId: shop.id, poolId: pool.id, fileName: "keys.csv", now };
    const licensed = { shop: shop.domain, fingerprint: "laptop" };

    // Imports: good, double and bad lines; then a file that breaks off, and one whose line never ends.
    const bad = [`${MARKER}-1`, `${MARKER}-2`, `${MARKER}-2`, `${MARKER}\u200b-BAD`, `"${MARKER}-QUOTED`];
    await importKeys({ ...input, body: fileOf(...bad.slice(0, 4)) });
    await importKeys({ ...input, body: fileOf(bad[4] ?? "") });
    await importKeys({ ...input, body: fileOf(MARKER.repeat(100_000)) });
    const broken = (async function* () {
      yield Buffer.from(`license\n${MARKER}-3\n${MARKER}`);
      throw new Error("The connection was lost");
    })();
    await expect(importKeys({ ...input, body: broken })).rejects.toThrow("lost");

    // Its customer's mail, first refused, and page.
    const delivery = await db.delivery.findFirstOrThrow({ where: { orderId }, include: { order: true } });
    const link = readDeliveryToken(delivery) ?? "";
    reject = 451;
    await runSendDelivery({ deliveryId: delivery.id }, now);
    reject = undefined;
    await runSendDelivery({ deliveryId: delivery.id }, new Date(now.getTime() + 3_600_000));
    const page = await callPage("page", { token: link });
    const [mail] = mailbox.messages(delivery.order.email ?? "");
    const revealed = await revealKey({ shopId: shop.id, grantId, actor: "person:42" });

    // The merchant's software, with good, unknown and mangled questions.
    const refusals = [
      await call("/api/licenses/validate", { ...licensed, key: `${MARKER}-UNKNOWN` }),
      await call("/api/licenses/activate", { ...licensed, key: `${MARKER}-UNKNOWN` }),
      await call("/api/licenses/activate", { ...licensed, shop: "nowhere.myshopify.com", key: `${MARKER}-1` }),
      await call("/api/licenses/activate", { ...licensed, key: `${MARKER}-1`, fingerprint: 5 }),
      await call("/api/licenses/activate", `{"key": "${MARKER}-1", `),
      await call("/api/licenses/activate", { ...licensed, key: MARKER.repeat(100) }),
      await call("/api/licenses", { pool: "Keys", key: `${MARKER}-1` }, token),
      await call("/api/licenses", { pool: "Nowhere", key: `${MARKER}-4` }, token),
      await call("/api/licenses", { pool: "Keys", key: `${MARKER}-4` }, "fp_wrong"),
      await call("/api/licenses", { pool: "Keys", key: MARKER.repeat(100) }, token),
    ];
    const activated = await call("/api/licenses/activate", { ...licensed, key: `${MARKER}-1` });
    const listed = await call("/api/licenses", null, token);
    await db.$executeRawUnsafe(
      `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full: %', NEW."keyEnd"; END $$`,
    );
    await db.$executeRawUnsafe(`CREATE TRIGGER fail BEFORE INSERT ON "PoolKey" FOR EACH ROW EXECUTE FUNCTION fail()`);
    refusals.push(await call("/api/licenses", { pool: "Keys", key: `${MARKER}-5` }, token));
    await expect(importKeys({ ...input, body: fileOf(`${MARKER}-6`) })).rejects.toThrow();
    await db.$executeRawUnsafe(`DROP TRIGGER fail ON "PoolKey"`);

    // A job that fails, with its error written down, and a webhook that is kept.
    const waiting = await db.keyImport.create({
      data: {
        shopId: shop.id,
        poolId: pool.id,
        fileName: "k",
        state: "checking",
        storageKey: "k",
        added: 0,
        duplicates: 0,
        bad: 0,
        report: {},
      },
    });
    await db.$executeRaw`SELECT graphile_worker.add_job('check_key_import', ${JSON.stringify({ importId: waiting.id })}::json)`;
    await runOnce({
      connectionString: process.env.DATABASE_URL,
      taskList: {
        check_key_import: async (payload) => void (await runCheckKeyImport(payload as { importId: string })),
      },
    });
    const webhook = webhookRequest({ shop: shop.domain, topic: "orders/paid", body: { id: 1, note: "no lines" } });
    await answerOf(() => ordersWebhook({ request: webhook, params: {}, context: {} }));

    vi.restoreAllMocks();
    const stored = await wholeDatabase();
    // Where keys belong they are: the search would find them.
    expect(revealed).toEqual({ kind: "revealed", key: `${MARKER}-1` });
    expect(page.body).toContain(`${MARKER}-1`);
    expect(mail?.html).toContain(`${MARKER}-1`);
    expect(listed.text).toContain(`${MARKER}-1`);
    expect(activated.status).toBe(200);
    expect(refusals.map(({ status }) => status)).toEqual([200, 404, 404, 422, 400, 422, 409, 404, 401, 422, 500]);
    expect(stored).toContain("Storage did not answer");
    expect(said.join("\n")).toContain("disk full");
    // And nowhere else.
    const hex = Buffer.from(MARKER).toString("hex");
    const told = {
      said: said.join("\n"),
      stored,
      asked: asked.join("\n"),
      headers: refusals.map(({ headers }) => headers),
    };
    const shown = { links: linksIn(page.body) + linksIn(mail?.html ?? ""), refusals: refusals.map(({ text }) => text) };
    for (const [place, text] of Object.entries({ ...told, ...shown })) {
      expect(String(text).toUpperCase().includes(MARKER), `a key is in what is ${place}`).toBe(false);
      expect(String(text).includes(hex), `a key is in what is ${place}`).toBe(false);
    }
    expect(activated.text).not.toContain(MARKER);
  });
});
