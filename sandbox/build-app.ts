import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { takeLock } from "./only-one.ts";

const sources = ["app", "prisma", "public", "package.json", "package-lock.json", "tsconfig.json", "vite.config.ts"];
const programs = ["build/server/index.js", "build/web.js", "build/worker.js", "build/seed.js", "build/seal-lines.js"];
const stamp = "build/built-from";

/**
 * Builds the app for production unless build/ was made from these very sources.
 *
 * @param say  is told what takes long
 * @throws Error with the end of what the build printed.
 */
export async function buildApp(root: string, say: (text: string) => void): Promise<void> {
  if (await isBuilt(root)) return;

  const lock = await waitForLock(path.join(root, "node_modules/.featherpost-build"), say);
  try {
    if (await isBuilt(root)) return;
    say("Building the app (a few seconds, only when it changed) …");
    const hash = await hashSources(root);
    await rm(path.join(root, stamp), { force: true });
    await runBuild(root);
    await mkdir(path.join(root, "build"), { recursive: true });
    await writeFile(path.join(root, stamp), hash);
  } finally {
    await lock.release();
  }
}

async function isBuilt(root: string): Promise<boolean> {
  if (!programs.every((program) => existsSync(path.join(root, program)))) return false;
  const builtFrom = await readFile(path.join(root, stamp), "utf8").catch(() => null);
  return builtFrom === (await hashSources(root));
}

async function hashSources(root: string): Promise<string> {
  const hash = createHash("sha256");
  for (const source of sources) {
    for (const file of await listFiles(path.join(root, source))) {
      hash.update(`${path.relative(root, file)}\n`).update(await readFile(file));
    }
  }
  return hash.digest("hex");
}

async function listFiles(start: string): Promise<string[]> {
  if (!existsSync(start)) return [];
  const entries = await readdir(start, { recursive: true, withFileTypes: true }).catch(() => null);
  if (!entries) return [start];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

async function waitForLock(file: string, say: (text: string) => void) {
  for (let told = false; ; told = true) {
    const lock = await takeLock(file);
    if ("release" in lock) return lock;
    if (!told) say(`Waiting for the build that process ${lock.heldBy} is making …`);
    await wait(500);
  }
}

function runBuild(root: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("npm", ["run", "--silent", "build"], {
      cwd: root,
      env: { ...process.env, NODE_ENV: "production" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const endWithUs = () => child.kill("SIGTERM");
    process.once("exit", endWithUs);
    let output = "";
    child.stdout.on("data", (text: Buffer) => (output += text.toString()));
    child.stderr.on("data", (text: Buffer) => (output += text.toString()));
    child.once("error", reject);
    child.once("close", (code) => {
      process.off("exit", endWithUs);
      if (code === 0) resolve();
      else reject(new Error(`The app could not be built.\n${whatFailed(output)}`));
    });
  });
}

/** From the first mention of an error on: what follows it can be a thousand lines. */
function whatFailed(output: string): string {
  const lines = output.trim().split("\n");
  const first = lines.findIndex((line) => /error|could not|cannot/i.test(line));
  return lines.slice(first, first === -1 ? undefined : first + 20).join("\n");
}
