import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import sparticuz, { inflate } from "@sparticuz/chromium";
import { chromium, type Browser } from "playwright-core";

const installedAt = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

// Without a sandbox of its own (root has none), and quiet: nothing may ask a host elsewhere.
const flags = [
  "--no-sandbox",
  "--no-first-run",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Starts a real Chromium without a window: the machine's own, or else the one that npm brought (Linux on x64).
 *
 * @throws Error with a sentence when there is neither.
 */
export async function launchChromium(): Promise<Browser> {
  const installed = installedAt.find(existsSync);
  if (installed) return chromium.launch({ executablePath: installed, args: flags });

  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("The browser tests need Chrome or Chromium: install one.");
  }
  const dir = await unpack();
  const executablePath = path.join(dir, "chromium");
  const env: Record<string, string | undefined> = { ...process.env, ...(await libraries(dir, executablePath)) };
  if (!existsSync("/etc/fonts")) env.FONTCONFIG_PATH = path.join(dir, "fonts");
  return chromium.launch({ executablePath, args: flags, env });
}

/** Unpacks Chromium once, in node_modules: in /tmp anybody could put another program in its place. */
async function unpack(): Promise<string> {
  const require = createRequire(import.meta.url);
  const packageDir = path.dirname(path.dirname(require.resolve("@sparticuz/chromium")));
  const { version } = require(path.join(packageDir, "package.json")) as { version: string };
  const cache = path.join(packageDir, "../../.cache");
  const dir = path.join(cache, `chromium-${version}`);
  if (existsSync(dir)) return dir;

  await mkdir(cache, { recursive: true });
  const unfinished = await mkdtemp(`${dir}-`);
  const { TMPDIR } = process.env;
  process.env.TMPDIR = unfinished; // where the package unpacks to
  try {
    await sparticuz.executablePath();
    await inflate(path.join(packageDir, "bin/al2023.tar.br"));
    for (const entry of [unfinished, path.join(unfinished, "chromium")]) await chmod(entry, 0o755);
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
  await rename(unfinished, dir).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(dir)) throw error;
  });
  return dir;
}

/** Its own copies of system libraries, on a machine that lacks some. */
async function libraries(dir: string, executablePath: string): Promise<Record<string, string>> {
  const { stdout } = await promisify(execFile)("ldd", [executablePath]).catch(() => ({ stdout: "not found" }));
  return stdout.includes("not found") ? { LD_LIBRARY_PATH: path.join(dir, "al2023/lib") } : {};
}
