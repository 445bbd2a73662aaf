import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import { startPostgres } from "../../sandbox/postgres";

async function folder() {
  const dir = await mkdtemp(path.join(tmpdir(), "featherpost-pg-"));
  await chmod(dir, 0o711);
  onTestFinished(() => rm(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
  return dir;
}

async function query(url: string, statement: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(statement);
  await client.end();
  return rows;
}

/** Starts PostgreSQL in a program of its own, which never stops it. */
async function startInProgram(dir: string): Promise<{ program: ChildProcess; url: string }> {
  const module = path.resolve("sandbox/postgres.ts");
  const code = `import { startPostgres } from ${JSON.stringify(module)};
    console.log((await startPostgres({ dir: ${JSON.stringify(dir)}, port: 0 })).url);
    setInterval(() => {}, 1000);`;
  const program = spawn(process.execPath, ["--input-type=module-typescript", "--eval", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (!program.stdout) throw new Error("The program has no output");
  const [line] = (await once(program.stdout, "data")) as [Buffer];
  return { program, url: line.toString().trim() };
}

async function serverPid(dir: string) {
  return Number((await readFile(path.join(dir, "data/postmaster.pid"), "utf8")).split("\n")[0]);
}

function isAlive(pid: number) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("startPostgres", () => {
  test.each(["SIGINT", "SIGQUIT"] as const)(
    "given data just committed, when it is restarted by %s, then the data is there and it counts as never ended",
    async (signal) => {
      const postgres = await startPostgres({ dir: await folder(), port: 0, ephemeral: true });
      onTestFinished(postgres.stop);
      let hasEnded = false;
      void postgres.ended.then(() => (hasEnded = true));
      await query(postgres.url, "CREATE TABLE bird AS SELECT 'wren' AS name");

      await postgres.restart(signal);

      expect(await query(postgres.url, "SELECT name FROM bird")).toEqual([{ name: "wren" }]);
      expect(hasEnded).toBe(false);
    },
  );

  test("given data of an earlier run, when it starts again, then the data is there", async () => {
    const dir = await folder();
    const first = await startPostgres({ dir, port: 0 });
    await query(first.url, "CREATE TABLE bird AS SELECT 'wren' AS name");
    await first.stop();

    const second = await startPostgres({ dir, port: 0 });
    onTestFinished(second.stop);

    expect(await query(second.url, "SELECT name FROM bird")).toEqual([{ name: "wren" }]);
  });

  test("given a program that started it, when the program is killed, then PostgreSQL ends by itself", async () => {
    const dir = await folder();
    const { program } = await startInProgram(dir);
    const pid = await serverPid(dir);

    program.kill("SIGKILL");

    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  });

  test("given one that still runs on the same data, when another starts, then the first is stopped for it", async () => {
    const dir = await folder();
    const { program } = await startInProgram(dir);
    onTestFinished(() => void program.kill("SIGKILL"));
    const pid = await serverPid(dir);

    const second = await startPostgres({ dir, port: 0 });
    onTestFinished(second.stop);

    expect(isAlive(pid)).toBe(false);
    expect(await query(second.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("given an ephemeral one, when it is stopped, then its data and its process are gone", async () => {
    const dir = await folder();
    const postgres = await startPostgres({ dir, port: 0, ephemeral: true });
    const pid = await serverPid(dir);

    await postgres.stop();
    await wait(50);

    expect(isAlive(pid)).toBe(false);
    await expect(serverPid(dir)).rejects.toThrow("ENOENT");
  });

  test("given a port in use, when it should take that, then it says which", async () => {
    const dir = await folder();
    const other = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void other.close());
    await once(other, "listening");
    const port = (other.address() as { port: number }).port;

    await expect(startPostgres({ dir, port })).rejects.toThrow(`Port ${port}, wanted by PostgreSQL, is already in use`);
  });
});
