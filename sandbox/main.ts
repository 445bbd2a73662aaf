import { fstatSync } from "node:fs";
import path from "node:path";
import { readOptions, usage, type Options } from "./options.ts";
import { startSandbox, type Ready } from "./sandbox.ts";

const root = path.dirname(import.meta.dirname);
const options = readOptions(process.argv.slice(2));

if (options === "help") {
  process.stdout.write(usage);
} else if ("problem" in options) {
  process.stderr.write(`${options.problem}\n\n${usage}`);
  process.exitCode = 2;
} else {
  await runUntilEnded(options);
}

async function runUntilEnded(options: Options) {
  const opened = new AsyncDisposableStack();
  let ending = false;

  const end = async (code: number) => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(code), 4500);
    await opened.disposeAsync().catch((error: unknown) => say(words(error)));
    process.exit(code);
  };
  endWhenAsked(end);

  try {
    const ready = await startSandbox(options, { root, opened, say, onLost: (what) => fail(what) });
    if (!ending) announce(ready, options);
  } catch (error) {
    if (!ending) await fail(words(error));
  }

  async function fail(sentence: string) {
    if (!ending) say(sentence);
    await end(1);
  }
  for (const event of ["uncaughtException", "unhandledRejection"]) {
    process.on(event, (error: unknown) => void fail(`The sandbox failed: ${words(error)}`));
  }
}

/** Signals, and the end of whoever started us: nobody would be left to end it. A second Ctrl-C waits for nothing. */
function endWhenAsked(end: (code: number) => Promise<void>) {
  let firstAt = 0;
  const onSignal = () => {
    // One Ctrl-C can arrive several times: from the terminal, from npm and from bootstrap.mjs.
    if (firstAt && Date.now() - firstAt > 1000) process.exit(130);
    if (!firstAt) say("\nEnding …");
    firstAt ||= Date.now();
    void end(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, onSignal);
  process.on("disconnect", () => void end(0));

  // A program that drives us holds the other end of stdin. One that closes it at once gives us no input, that is all.
  const startedAt = Date.now();
  const stdin = fstatSync(0);
  if (!stdin.isFIFO() && !stdin.isSocket()) return;
  process.stdin.on("error", () => {});
  process.stdin.once("end", () => {
    if (Date.now() - startedAt > 1000) void end(0);
  });
  process.stdin.resume();
}

function announce({ shop, apiKey, apiSecret, urls, logs }: Ready, { json, ephemeral }: Options) {
  if (json) {
    process.stdout.write(`${JSON.stringify({ event: "ready", shop, apiKey, apiSecret, urls })}\n`);
    return;
  }
  const places: [string, string, string][] = [
    ["Home", urls.home, "start here"],
    ["Admin", urls.admin, "the merchant's side: files, products, keys, orders"],
    ["Storefront", urls.storefront, "buy something"],
    ["Account", urls.account, "what the customer finds after buying"],
    ["Inbox", urls.inbox, "the mail that was sent"],
    ["Control", urls.control, "the same for programs"],
    ["App", urls.app, "Featherpost itself, as the frames load it"],
    ["Logs", logs, ephemeral ? "removed at the end, like all data" : "data stays in .sandbox/"],
  ];
  const width = Math.max(...places.map(([, where]) => where.length));
  const rows = places.map(([name, where, what]) => `  ${name.padEnd(12)}${where.padEnd(width + 2)}${what}`);
  process.stdout.write(`\nFeatherpost is running.\n\n${rows.join("\n")}\n\nCtrl-C ends everything.\n\n`);
}

function words(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message} (${words(error.cause)})`;
}

function say(text: string) {
  process.stderr.write(`${text}\n`);
}
