import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { runMigrations } from "graphile-worker";
import { followSources } from "./follow-sources.ts";
import { endOfLog, keepRunning, type Program, type RunningProgram, runProgram } from "./program.ts";
import { workerArgs } from "./worker-args.ts";

export type App = {
  root: string;
  logDir: string;
  /** Its settings, as app/env.server.ts names them. */
  env: Record<string, string> & { DATABASE_URL: string };
  /** Where its web server listens, on 127.0.0.1. */
  port: number;
  say: (text: string) => void;
};

export type RunningApp = { web: RunningProgram; worker: RunningProgram; stop(): Promise<void> };

const START_MS = 90_000;

/**
 * Brings the database up to date and starts the app's web server and worker, as `npm start` and `npm run worker`
 * would.
 *
 * @returns both, once the web server says that it is healthy
 * @throws Error with the end of a log when one of them does not start.
 */
export async function startApp(app: App, { dev }: { dev: boolean }): Promise<RunningApp> {
  for (const name of ["migrations", "web", "worker", "seed"]) await rm(logOf(app, name), { force: true });
  await runProgram(
    program(app, "migrations", [resolve(app, "node_modules/prisma/build/index.js"), "migrate", "deploy"]),
    app.say,
  );
  await runMigrations({ connectionString: app.env.DATABASE_URL });

  const sources = dev ? await followSources(app) : null;
  const webProgram = program(app, "web", [redirect, ...(dev ? devServer(app) : builtServer)]);
  if (dev) webProgram.env.NODE_ENV = "development";
  const web = keepRunning(webProgram, app.say);
  const worker = keepRunning(program(app, "worker", [redirect, ...workerArgs]), app.say);
  sources?.onRebuild(() => worker.restart());
  const stop = async () => {
    await Promise.all([web.stop(), worker.stop(), sources?.stop()]);
  };

  try {
    await waitUntilHealthy(app, webProgram);
  } catch (error) {
    await stop();
    throw error;
  }
  return { web, worker, stop };
}

/** Fills the demo shop, once per database: what a person changed there since stays changed. */
export async function setUpDemo(app: App, marker: string): Promise<void> {
  const database = createHash("sha256")
    .update(new URL(app.env.DATABASE_URL).href.replace(/:\d+\//, "/"))
    .digest("hex");
  if (existsSync(marker) && (await readFile(marker, "utf8")) === database) return;

  app.say("Setting up the demo shop …");
  await runProgram(program(app, "seed", [redirect, "build/seed.js"]), app.say);
  await writeFile(marker, database);
}

const redirect = `--import=${new URL("redirect-shopify.mjs", import.meta.url).href}`;
const builtServer = ["build/web.js"];

function devServer({ port }: App): string[] {
  return [
    "node_modules/@remix-run/dev/dist/cli.js",
    "vite:dev",
    "--host",
    "127.0.0.1",
    "--port",
    String(port),
    "--strictPort",
  ];
}

function program(app: App, name: string, args: string[]): Program {
  const env = { ...app.env, PORT: String(app.port), HOST: "127.0.0.1", CHECKPOINT_DISABLE: "1" };
  return { name, args, env, cwd: app.root, logFile: logOf(app, name) };
}

function logOf({ logDir }: App, name: string): string {
  return path.join(logDir, `${name}.log`);
}

function resolve({ root }: App, file: string): string {
  return path.join(root, file);
}

async function waitUntilHealthy({ port }: App, web: Program): Promise<void> {
  const deadline = Date.now() + START_MS;
  for (;;) {
    const status = await fetch(`http://127.0.0.1:${port}/health`).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return;
    if (Date.now() > deadline)
      throw new Error(`The app did not become healthy within ${START_MS / 1000} s.\n${endOfLog(web)}`);
    await wait(100);
  }
}
