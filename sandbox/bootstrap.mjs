// Runs one of this project's TypeScript programs on a machine that has only Node 20 and npm:
//   node sandbox/bootstrap.mjs <script.ts> [arguments]
// Installs the dependencies when they are missing or not those of package-lock.json, then hands over to the
// Node 24 among them. Signals go through, the program's exit code comes back.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const node = path.join(root, "node_modules/.bin/node");
const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
const [script, ...args] = process.argv.slice(2);

if (!script) {
  say("Which program? node sandbox/bootstrap.mjs <script.ts> [arguments]");
  process.exit(2);
}
/** What runs for us at the moment: npm, then the program. */
let child = null;
endWithNpm();
if (!isInstalled()) await installAlone();
if (!isGenerated()) generateClient();
run();

/** Whether what npm says it put into node_modules is what package-lock.json asks for. npm says so last of all. */
function isInstalled() {
  const installed = readPackages("node_modules/.package-lock.json");
  const wanted = readPackages("package-lock.json");
  if (!installed || !wanted || !existsSync(node)) return false;

  return Object.entries(wanted).every(([where, { version, optional, link }]) => {
    if (where === "" || link || !where.includes("node_modules/")) return true;
    const found = installed[where];
    return found ? found.version === version : optional;
  });
}

function readPackages(lockFile) {
  try {
    return JSON.parse(readFileSync(path.join(root, lockFile), "utf8")).packages;
  } catch {
    return null;
  }
}

/** Two installations at once would take each other's files away. */
async function installAlone() {
  const lock = path.join(
    tmpdir(),
    `featherpost-install-${createHash("sha256").update(root).digest("hex").slice(0, 12)}`,
  );
  for (let told = false; !takeLock(lock); told = true) {
    if (!told) say("Another process is installing the dependencies: waiting for it …");
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  process.once("exit", () => rmSync(lock, { force: true }));
  if (!isInstalled()) await install();
  rmSync(lock, { force: true });
}

function takeLock(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  try {
    process.kill(Number(readFileSync(file, "utf8")), 0);
  } catch (error) {
    // Whoever wrote it is gone, and without removing it.
    if (error.code !== "EPERM") rmSync(file, { force: true });
  }
  return false;
}

async function install() {
  say("Installing the dependencies from npm (a minute or two, only when they changed) …");
  const startedAt = Date.now();
  const progress = setInterval(() => say(`… still installing, ${seconds(startedAt)} s`), 20_000);
  // NODE_ENV=production would leave out what the sandbox and the tests are made of.
  const { code, output } = await npm(["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
  clearInterval(progress);

  if (code !== 0 || !isInstalled()) {
    process.stderr.write(output);
    say(code === 0 ? "npm ci ended without installing everything." : `npm ci failed with exit code ${code}.`);
    process.exit(1);
  }
  say(`Installed in ${seconds(startedAt)} s.`);
}

function npm(npmArgs) {
  // Under `npm run` this is the npm that runs us, which need not be the first one on the PATH.
  const cli = process.env.npm_execpath;
  const [command, ...first] = cli?.endsWith("npm-cli.js") ? [process.execPath, cli] : ["npm"];
  return new Promise((resolve) => {
    child = spawn(command, [...first, ...npmArgs], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    passSignals();
    let output = "";
    child.stdout.on("data", (text) => (output += text));
    child.stderr.on("data", (text) => (output += text));
    child.once("error", (error) => resolve({ code: 1, output: `npm could not be started: ${error.message}\n` }));
    child.once("close", (code, signal) => {
      if (signal) process.exit(130);
      resolve({ code, output });
    });
  });
}

/** Whether the database client was made from the schema as it is now. */
function isGenerated() {
  const read = (file) => {
    try {
      return readFileSync(path.join(root, file), "utf8");
    } catch {
      return null;
    }
  };
  return read("node_modules/.prisma/client/schema.prisma") === read("prisma/schema.prisma");
}

function generateClient() {
  const prisma = path.join(root, "node_modules/prisma/build/index.js");
  const { status, stdout, stderr } = spawnSync(node, [prisma, "generate"], { cwd: root, encoding: "utf8" });
  if (status === 0) return;
  process.stderr.write(stdout + stderr);
  say("prisma generate failed.");
  process.exit(1);
}

function run() {
  // The channel tells the program when we are gone, however we went.
  child = spawn(node, [path.resolve(script), ...args], {
    env: { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ""}` },
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  passSignals();
  child.once("error", (error) => {
    say(`${node} could not be started: ${error.message}`);
    process.exit(1);
  });
  child.once("exit", (code, signal) => {
    if (!signal) process.exit(code ?? 1);
    for (const name of signals) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}

/** A killed npm tells nobody, nor does its shell; but that shell, or we, then get another parent. */
function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const startedBy = parents();
  setInterval(() => {
    if (parents() !== startedBy) child?.kill("SIGTERM");
  }, 1000).unref();
}

/** Our parent and, where the system tells, its parent: the shell that npm runs scripts in, and npm. */
function parents() {
  try {
    // The name, in parentheses, may hold spaces; the state and the parent follow it.
    const [, grandparent] = readFileSync(`/proc/${process.ppid}/stat`, "utf8").split(") ")[1].split(" ");
    return `${process.ppid} ${grandparent}`;
  } catch {
    return String(process.ppid);
  }
}

function passSignals() {
  for (const signal of signals) process.removeAllListeners(signal).on(signal, () => child.kill(signal));
}

function seconds(since) {
  return Math.round((Date.now() - since) / 1000);
}

function say(text) {
  process.stderr.write(`${text}\n`);
}
