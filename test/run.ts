// Runs every test and ends with one line of counts: `npm test`, or `npm test -- <files or vitest's options>`.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildApp } from "../sandbox/build-app.ts";

type Counts = { passed: number; failed: number };

const root = path.dirname(import.meta.dirname);
const args = process.argv.slice(2);
const total: Counts = { passed: 0, failed: 0 };
let isGood = true;

try {
  await buildApp(root, (text) => console.log(text));
  // The browser's tests and chaos come last and alone: they wait on clocks, and two cores are soon busy.
  for (const projects of [["node", "extensions"], ["browser"], ["chaos"]]) {
    const { exitCode, counts } = await runTests(projects);
    total.passed += counts.passed;
    total.failed += counts.failed;
    isGood &&= exitCode === 0;
  }
} catch (error) {
  isGood = false;
  console.error(error instanceof Error ? error.message : error);
}
if (!isGood && total.failed === 0) console.error("No test failed, but the run did: its words are above.");
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = isGood ? 0 : 1;
// Its listener below would keep us running.
process.disconnect?.();

async function runTests(projects: string[]): Promise<{ exitCode: number | null; counts: Counts }> {
  const dir = await mkdtemp(path.join(tmpdir(), "featherpost-results-"));
  const results = path.join(dir, "results.json");
  const vitest = path.join(root, "node_modules/vitest/vitest.mjs");
  const options = ["--passWithNoTests", "--reporter=default", "--reporter=json", `--outputFile.json=${results}`];
  try {
    const exitCode = await exitOf([vitest, "run", ...projects.map((name) => `--project=${name}`), ...options, ...args]);
    return { exitCode, counts: await countIn(results) };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function exitOf(nodeArgs: string[]): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, nodeArgs, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
    process.once("disconnect", () => child.kill("SIGTERM"));
    child.once("error", reject);
    child.once("exit", resolve);
  });
}

/** A file that could not even be loaded counts as one failure: its tests are unknown. */
async function countIn(file: string): Promise<Counts> {
  const report = JSON.parse(await readFile(file, "utf8")) as {
    numPassedTests: number;
    numFailedTests: number;
    testResults: { status: string; assertionResults: { status: string }[] }[];
  };
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some((one) => one.status === "failed"),
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
}
