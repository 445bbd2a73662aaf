import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import nodemailer from "nodemailer";
import pg from "pg";
import { startMailbox } from "../../sandbox/mailbox/mailbox.ts";
import { workerArgs } from "../../sandbox/worker-args.ts";
import type { AppUnderLoad } from "./app-under-load.ts";
import type { Figure } from "./measure.ts";
import { deliverOrderPaid } from "./orders-paid.ts";
import type { BenchShop } from "./shop-with-products.ts";
import { fillHistory, HISTORIES } from "./sold-grants.ts";

const ORDERS = 300;
const EVERY_MS = 100;
const LAST_MAIL_MS = 60_000;
const root = path.resolve(import.meta.dirname, "../..");

/** From the webhook's first byte to its mail in the mail server's hands, at 10 orders a second, as a shop grows. */
export async function measureMessages(app: AppUnderLoad, shop: BenchShop): Promise<Figure[]> {
  const dir = await mkdtemp(path.join(tmpdir(), "featherpost-bench-mail-"));
  const mailbox = await startMailbox({ port: 0, dir, faults: () => ({}) });
  const smtp = `smtp://127.0.0.1:${mailbox.port}`;
  await withoutShopify(app.databaseUrl);
  const env = { ...app.env, SMTP_URL: smtp };
  const worker = spawn(process.execPath, workerArgs, { cwd: root, env, stdio: "ignore" });
  try {
    const bare = await bareMails(smtp);
    const figures: Figure[] = [];
    for (const grants of HISTORIES) {
      await fillHistory(app.databaseUrl, shop, grants);
      const took = await timesToMail(app, shop, mailbox, grants * 10);
      figures.push({
        what: `from orders/paid to its mail at the mail server, ${1000 / EVERY_MS} orders a second, ${grants.toLocaleString("en")} grants there`,
        says: `${percentiles(took)}; a bare mail to the same server: ${percentiles(bare)}`,
      });
    }
    return figures;
  } finally {
    worker.kill("SIGKILL");
    await mailbox.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

/** No Shopify answers here: what would call it is switched off. */
async function withoutShopify(databaseUrl: string) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`UPDATE "Shop" SET "fulfillLines" = false`);
  await client.end();
}

type Mailbox = Awaited<ReturnType<typeof startMailbox>>;

/** @returns milliseconds, one for each order */
async function timesToMail(app: AppUnderLoad, shop: BenchShop, mailbox: Mailbox, first: number): Promise<number[]> {
  const sentAt = new Map<string, number>();
  const calls: Promise<void>[] = [];
  for (let piece = first; piece < first + ORDERS; piece++) {
    sentAt.set(`buyer-${piece}@example.com`, Date.now());
    calls.push(deliverOrderPaid(app.url, shop, piece));
    await wait(EVERY_MS);
  }
  await Promise.all(calls);

  const deadline = Date.now() + LAST_MAIL_MS;
  for (;;) {
    const took = mailbox.messages().flatMap(({ to, receivedAt }) => {
      const from = sentAt.get(String(to));
      return from === undefined ? [] : [new Date(receivedAt).getTime() - from];
    });
    if (took.length >= ORDERS) return took;
    if (Date.now() > deadline) throw new Error(`Only ${took.length} of ${ORDERS} mails arrived`);
    await wait(200);
  }
}

async function bareMails(smtp: string): Promise<number[]> {
  const transport = nodemailer.createTransport({ url: smtp, pool: true });
  const took: number[] = [];
  for (let piece = 0; piece < ORDERS; piece++) {
    const startedAt = performance.now();
    await transport.sendMail({ from: "a@example.com", to: "bare@example.com", subject: "Bare", text: "Bare" });
    took.push(performance.now() - startedAt);
  }
  transport.close();
  return took;
}

function percentiles(milliseconds: number[]): string {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`;
}
