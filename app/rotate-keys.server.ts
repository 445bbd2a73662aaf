import { db } from "./db.server";
import { listStale, rotateKeys, type LeftOver } from "./domain/key-rotation/rotate-keys.server";

const HELP = `npm run rotate-keys

Encrypts every stored license key, signing key and unsent link anew under the FIRST of KEY_ENCRYPTION_KEYS.

  1. Make a key (openssl rand -base64 32) and put it first: KEY_ENCRYPTION_KEYS=new,old
  2. Restart the app and the worker with that setting, so that nothing is written under the old key any more.
  3. Run this, with the same setting. The app may run meanwhile. Ctrl-C stops it; the next run goes on.
  4. Run it again until it says that nothing is left. Keys between the first and the last may then go off the list.

The LAST key stays on the list for good: license keys are found by a hash made with it, and the hash is not made
anew. Without it no stored key would be found, and every one could be imported a second time.
`;

const SAY_EVERY_MS = 2_000;

if (process.argv.includes("--help")) console.log(HELP);
else await rotate();
await db.$disconnect();

async function rotate() {
  const stale = await listStale();
  if (stale.length === 0) return console.log("Nothing is left to do: all is under the first of KEY_ENCRYPTION_KEYS.");

  console.log(`Under another key than the first: ${inWords(stale)}.`);
  const stop = stopOnSignal();
  const result = await rotateKeys({ onProgress: saying(countOf(stale)), onBusy: sayBusy, isStopped: stop.isStopped });
  console.log(
    `${number(result.resealed)} encrypted anew; ${result.left.length > 0 ? inWords(result.left) : "nothing"} left.`,
  );

  if (result.unreadable > 0) {
    console.error(
      `${number(result.unreadable)} did not open: altered, or their key is missing from KEY_ENCRYPTION_KEYS.`,
    );
  }
  if (stop.isStopped()) console.log("Stopped. Run it again to go on.");
  process.exitCode = stop.isStopped() ? 130 : result.left.length > 0 ? 1 : 0;
}

/** The batch under way ends first; a second signal ends the program at once, which loses nothing either. */
function stopOnSignal() {
  let isStopped = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => (isStopped = true));
  return { isStopped: () => isStopped };
}

function saying(total: number): (resealed: number) => void {
  let saidAt = Date.now();
  return (resealed) => {
    if (Date.now() - saidAt < SAY_EVERY_MS) return;
    saidAt = Date.now();
    console.log(`${number(resealed)} of ${number(total)}`);
  };
}

function sayBusy(busy: number) {
  console.log(`${number(busy)} are in use just now; trying again.`);
}

function inWords(things: LeftOver[]): string {
  return things.map(({ name: [one, many], count }) => `${number(count)} ${count === 1 ? one : many}`).join(", ");
}

function countOf(things: LeftOver[]): number {
  return things.reduce((sum, { count }) => sum + count, 0);
}

function number(count: number): string {
  return count.toLocaleString("en");
}
