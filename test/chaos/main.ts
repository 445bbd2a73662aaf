// npm run chaos: a shop's orders while the world around the app misbehaves, and whether each ended delivered.
import { cp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { startSandbox } from "../../sandbox/sandbox.ts";
import { tableOf, type Check } from "./check.ts";
import { runChaos, type Size } from "./run-chaos.ts";

const usage = `Runs orders, edits, refunds, downloads and imports of keys through the sandbox while programs are killed, PostgreSQL
restarts and mail, storage and Shopify refuse; then checks that every order ended delivered.

  npm run chaos -- [options]

  --orders N   how many orders (1000)
  --seed N     what happens, and when: the same again (a new one each time)
  --short      150 orders, and less time to settle
`;

const full: Size = { orders: 1_000, kills: 10, restarts: 2, settleMs: 600_000, replays: 2_000, pages: 200 };
const short: Size = { orders: 150, kills: 6, restarts: 2, settleMs: 60_000, replays: 300, pages: 60 };

const { values } = parseArgs({
  options: {
    orders: { type: "string" },
    seed: { type: "string" },
    short: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (values.help) process.stdout.write(usage);
else await main();

async function main() {
  const size = values.short ? short : full;
  const orders = values.orders === undefined ? size.orders : Number(values.orders);
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
  if (!Number.isInteger(orders) || orders < 1 || !Number.isInteger(seed)) {
    process.stderr.write(`--orders and --seed take whole numbers.\n\n${usage}`);
    process.exit(2);
  }
  process.exit((await isClean({ ...size, orders }, seed)) ? 0 : 1);
}

async function isClean(size: Size, seed: number): Promise<boolean> {
  await using opened = new AsyncDisposableStack();
  endWhenAsked(opened);
  delete process.env.DATABASE_URL; // PostgreSQL is restarted: it has to be our own
  let isUp = false;
  const surroundings = {
    root: path.resolve(import.meta.dirname, "../.."),
    opened,
    // Once it is up, what the programs complain about is expected; their logs have it.
    say: (text: string) => void (isUp || say(text)),
    onLost: (sentence: string) => fail(opened, sentence),
    pointsPerSecond: 1_000,
  };
  const options = { json: false, ephemeral: true, port: 0, fast: true, dev: false };
  const startedAt = Date.now();
  const sandbox = await startSandbox(options, surroundings);
  isUp = true;
  say(`The sandbox is up after ${seconds(startedAt)} s; its logs are in ${sandbox.logs}`);

  const { checks, told } = await runChaos({ sandbox, opened, size, seed, say });
  const isGood = checks.every(({ breaches }) => breaches.length === 0);
  const again = `seed ${seed}: npm run chaos -- --seed ${seed} --orders ${size.orders}`;
  print(checks, [...told, `took ${seconds(startedAt)} s in all`, again]);
  if (!isGood) say(`The logs of this run are kept in ${await keep(sandbox.logs, seed)}`);
  return isGood;
}

function print(checks: Check[], told: string[]) {
  process.stdout.write(`\n${tableOf(checks)}\n\n${told.map((line) => `  ${line}`).join("\n")}\n`);
}

/** The sandbox's own folder goes with it. */
async function keep(logs: string, seed: number): Promise<string> {
  const kept = path.join(tmpdir(), `featherpost-chaos-${seed}`);
  await cp(logs, kept, { recursive: true });
  return kept;
}

function endWhenAsked(opened: AsyncDisposableStack) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => fail(opened, "Ended."));
  process.once("disconnect", () => fail(opened, "Ended."));
  process.once("unhandledRejection", (error) =>
    fail(opened, error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
}

function fail(opened: AsyncDisposableStack, sentence: string) {
  say(sentence);
  setTimeout(() => process.exit(1), 10_000);
  void opened.disposeAsync().finally(() => process.exit(1));
}

function say(text: string) {
  process.stderr.write(`${text}\n`);
}

function seconds(since: number): number {
  return Math.round((Date.now() - since) / 1000);
}
