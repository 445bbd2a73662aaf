import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { commandOf } from "./command-of.ts";
import { findFreePort, refuseTakenPort } from "./ports.ts";
import { findPostgresHome, type PostgresHome } from "./postgres-home.ts";

export type Postgres = {
  /** Of the database `featherpost`. */
  url: string;
  port: number;
  /** Resolves when PostgreSQL is gone, whoever ended it. */
  ended: Promise<void>;
  /**
   * Ends it by a signal and starts it again on the same port. SIGINT breaks off what is under way; SIGQUIT ends it
   * at once, as a crash would.
   */
  restart(signal: "SIGINT" | "SIGQUIT"): Promise<void>;
  stop(): Promise<void>;
};

type Options = {
  /** Where the data is kept, with the log and the password. Made when missing. */
  dir: string;
  /** On 127.0.0.1; 0 picks a free one. */
  port: number;
  /** Trades safety from power cuts for speed, and removes the data at the end. */
  ephemeral?: boolean;
};

/**
 * Starts a PostgreSQL 18 from npm packages on 127.0.0.1.
 *
 * It ends with this process, even when this process is killed; one left by an earlier run of the same
 * `dir` is stopped first.
 *
 * @throws Error with a sentence: the port is taken, or PostgreSQL did not start (and the end of its log).
 */
export async function startPostgres({ dir, port: wantedPort, ephemeral = false }: Options): Promise<Postgres> {
  await mkdir(dir, { recursive: true, mode: 0o711 });
  const home = await findPostgresHome(path.resolve(dir));
  await stopLeftover(home.dataDir);
  await refuseTakenPort(wantedPort, "PostgreSQL");

  const password = await initialize(home, ephemeral);
  const port = wantedPort || (await findFreePort());
  const logFile = path.join(dir, "postgres.log");
  await rm(logFile, { force: true });
  let onEnded = () => {};
  const ended = new Promise<void>((resolve) => (onEnded = resolve));
  let isRestarting = false;

  const launch = async () => {
    const server = await spawnPostgres(home, logFile, port, ephemeral);
    const gone = new Promise<void>((resolve) => server.once("exit", () => resolve()));
    const endWithUs = spawnWatcher(server);
    void gone.then(() => {
      endWithUs.kill("SIGKILL");
      if (!isRestarting) onEnded();
    });
    return { server, gone };
  };
  let running = await launch();

  const restart = async (signal: "SIGINT" | "SIGQUIT") => {
    isRestarting = true;
    running.server.kill(signal);
    await running.gone;
    running = await launch();
    isRestarting = false;
    await createDatabase(serverUrl, running.gone);
  };
  const stop = async () => {
    const { server, gone } = running;
    isRestarting = false;
    server.kill("SIGINT");
    if (!(await isOver(gone, 3500))) server.kill("SIGQUIT");
    if (!(await isOver(gone, 1000))) server.kill("SIGKILL");
    await gone;
    if (ephemeral) await rm(home.dataDir, { recursive: true, force: true });
    if (ephemeral && home.borrowedDir) await rm(home.borrowedDir, { recursive: true, force: true });
  };
  const serverUrl = `postgresql://postgres:${password}@127.0.0.1:${port}`;
  try {
    await createDatabase(serverUrl, ended);
  } catch (error) {
    await stop();
    throw new Error(`PostgreSQL did not start: ${await logEnd(dir)}`, { cause: error });
  }
  return { url: `${serverUrl}/featherpost`, port, ended, restart, stop };
}

/** Makes the data directory once; one left half made by an interrupted run is made again. */
async function initialize({ account, binDir, dataDir }: PostgresHome, ephemeral: boolean): Promise<string> {
  const passwordFile = `${dataDir}-password`;
  if (existsSync(dataDir)) return readFile(passwordFile, "utf8");

  const password = randomBytes(18).toString("base64url");
  const unfinished = `${dataDir}-unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account) {
    await chown(unfinished, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  const settings = {
    pgdata: unfinished,
    pwfile: passwordFile,
    username: "postgres",
    auth: "password",
    encoding: "UTF8",
    locale: "C",
    "locale-provider": "builtin",
    "builtin-locale": "C.UTF-8",
  };
  await initdb(
    path.join(binDir, "initdb"),
    [...Object.entries(settings).map(([name, value]) => `--${name}=${value}`), ...(ephemeral ? ["--no-sync"] : [])],
    account,
  );
  await rename(unfinished, dataDir);
  return password;
}

function initdb(program: string, args: string[], account: PostgresHome["account"]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...account, cwd: "/", env: plainEnv, stdio: ["ignore", "ignore", "pipe"] });
    let complaint = "";
    child.stderr.on("data", (text: Buffer) => (complaint += text.toString()));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`PostgreSQL's data could not be made: ${complaint.trim()}`));
    });
  });
}

async function spawnPostgres(home: PostgresHome, logFile: string, port: number, ephemeral: boolean) {
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    max_connections: "300",
    log_min_messages: "warning",
    ...(ephemeral ? { fsync: "off", full_page_writes: "off" } : {}),
  };
  const log = await open(logFile, "a");
  try {
    return spawn(
      path.join(home.binDir, "postgres"),
      ["-D", home.dataDir, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
      // A group of its own: Ctrl-C in the terminal must reach the app before its database.
      { ...home.account, cwd: "/", env: plainEnv, detached: true, stdio: ["ignore", log.fd, log.fd] },
    );
  } finally {
    await log.close();
  }
}

/** A shell that waits on a pipe from us and ends PostgreSQL when the pipe breaks: also after `kill -9`. */
function spawnWatcher(server: ChildProcess): ChildProcess {
  const watcher = spawn("/bin/sh", ["-c", 'read -r _; kill -INT "$0"', String(server.pid)], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watcher.unref();
  return watcher;
}

async function createDatabase(serverUrl: string, ended: Promise<void>): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const client = new pg.Client({ connectionString: `${serverUrl}/postgres` });
    client.on("error", () => {});
    try {
      await client.connect();
      const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = 'featherpost'");
      if (!rowCount) await client.query("CREATE DATABASE featherpost");
      return;
    } catch (error) {
      if (Date.now() > deadline || (await isOver(ended, 50))) throw error;
    } finally {
      await client.end().catch(() => {});
    }
  }
}

/** Stops what an earlier run left behind on this data, so that two servers never share it. */
async function stopLeftover(dataDir: string): Promise<void> {
  const pidFile = path.join(dataDir, "postmaster.pid");
  const pid = Number((await readFile(pidFile, "utf8").catch(() => "")).split("\n")[0]);
  if (!pid) return;

  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    for (let tries = 0; tries < 50; tries++) {
      if (!isServerOf(pid, dataDir)) return rm(pidFile, { force: true });
      if (tries === 0) process.kill(pid, signal);
      await wait(100);
    }
  }
}

function isServerOf(pid: number, dataDir: string): boolean {
  return commandOf(pid).includes(`-D ${dataDir} `);
}

/** @returns whether `ended` settled within `ms`. */
async function isOver(ended: Promise<void>, ms: number): Promise<boolean> {
  return Promise.race([ended.then(() => true), wait(ms, false)]);
}

async function logEnd(dir: string): Promise<string> {
  const text = await readFile(path.join(dir, "postgres.log"), "utf8").catch(() => "");
  return text.trim().split("\n").slice(-5).join("\n") || "it gave no reason";
}

/** No PGDATA, PGPORT or locale of the person's shell may change what starts. */
const plainEnv = { PATH: "/usr/bin:/bin:/usr/sbin:/sbin", LC_ALL: "C", NODE_ENV: "production" } as const;
