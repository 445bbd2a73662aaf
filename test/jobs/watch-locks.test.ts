import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { db } from "~/db.server";
import { kill } from "../setup/kill";

const fixture = path.resolve("test/fixtures/slow-worker.ts");
const HOUR_MS = 3_600_000;
/** Two looks, and a start of a process on a busy machine. */
const PATIENCE_MS = 20_000;
/** Longer than two looks. */
const LONG_MS = 3_000;

let said: string[] = [];
let started: ChildProcess[] = [];

afterEach(async () => {
  await Promise.all(started.map(kill));
  started = [];
  said = [];
  await db.$executeRaw`DELETE FROM graphile_worker._private_jobs`;
});

test("given a worker killed in the middle of a job, when another one starts, then it does that job within seconds", async () => {
  await addSlowJob({ first: HOUR_MS });
  const first = startWorker("first");
  await heard("first begins");

  await kill(first);
  startWorker("second");

  await heard("second ends");
  await expect.poll(countJobs).toBe(0);
});

test("given two workers, when one is killed in the middle of a job, then the other takes the job over", async () => {
  const first = startWorker("first");
  await heard("first ready");
  await addSlowJob({ first: HOUR_MS });
  await heard("first begins");
  startWorker("second");
  await heard("second ready");

  await kill(first);

  await heard("second ends");
});

test("given a dead worker's job whose key a newer one took, when another worker starts, then only the newer is done", async () => {
  await addSlowJob({ first: HOUR_MS }, "same");
  const first = startWorker("first");
  await heard("first begins");

  await addSlowJob({ second: HOUR_MS }, "same");
  await kill(first);
  startWorker("second");

  await heard("second begins");
  await expect.poll(countJobs).toBe(1);
});

test("given a worker in the middle of a long job, when others look for dead ones, then it keeps its job", async () => {
  await addSlowJob({ first: LONG_MS });
  startWorker("first");
  await heard("first begins");

  startWorker("second");
  await heard("first ends");

  expect(said.filter((line) => /begins/.test(line))).toEqual(["first begins"]);
});

test("given a worker whose connection is cut in the middle of a long job, when it connects again, then it keeps its job", async () => {
  await addSlowJob({ first: LONG_MS });
  startWorker("first");
  await heard("first begins");
  startWorker("second");
  await heard("second ready");

  const cut = await db.$queryRaw<unknown[]>`
    SELECT pg_terminate_backend(lock.pid)::text FROM pg_locks AS lock, graphile_worker.jobs AS job
    WHERE lock.locktype = 'advisory'
      AND (lock.classid::bigint << 32 | lock.objid::bigint) = hashtextextended(job.locked_by, 0)`;
  await heard("first ends");

  expect(cut).toHaveLength(1);
  expect(said.filter((line) => /begins/.test(line))).toEqual(["first begins"]);
});

test("given a job that a living worker locked without hearing of it, when it looks at its locks, then it does the job", async () => {
  startWorker("first");
  await heard("first ready");
  await addSlowJob({ first: LONG_MS });
  await heard("first begins");

  await db.$executeRaw`
    INSERT INTO graphile_worker._private_jobs ("task_id", "payload", "locked_at", "locked_by")
    SELECT "task_id", '{"ms":{}}', now(), "locked_by" FROM graphile_worker._private_jobs`;

  await expect.poll(() => said.filter((line) => line === "first ends").length, { timeout: PATIENCE_MS }).toBe(2);
  expect(said.filter((line) => line === "first begins")).toHaveLength(2);
});

test("given a lock that was taken since the last look, when a worker looks, then it leaves that job alone", async () => {
  startWorker("first");
  await heard("first ready");
  await addSlowJob({});
  await heard("first ends");
  await db.$executeRaw`
    INSERT INTO graphile_worker._private_jobs ("task_id", "payload", "locked_at", "locked_by")
    SELECT "id", '{"ms":{}}', now(), 'somebody' FROM graphile_worker._private_tasks`;

  for (let times = 0; times < 10; times++) {
    await wait(250);
    await db.$executeRaw`UPDATE graphile_worker._private_jobs SET "locked_at" = now() WHERE "locked_by" IS NOT NULL`;
  }

  expect(said.filter((line) => line === "first begins")).toHaveLength(1);
});

function startWorker(name: string): ChildProcess {
  const env = { ...process.env, NO_LOG_SUCCESS: "" };
  const child = spawn(process.execPath, [fixture, name, process.env.DATABASE_URL ?? ""], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const listen = (data: Buffer) => {
    for (const line of data.toString().split("\n")) {
      if (/^\w+ (begins|ends)$/.test(line)) said.push(line);
      if (/Worker connected and looking for jobs/.test(line)) said.push(`${name} ready`);
    }
  };
  child.stdout.on("data", listen);
  child.stderr.on("data", listen);
  started.push(child);
  return child;
}

async function heard(line: string): Promise<void> {
  await expect.poll(() => said, { timeout: PATIENCE_MS }).toContain(line);
}

async function addSlowJob(ms: Record<string, number>, key: string | null = null) {
  await db.$queryRaw`
    SELECT 1 FROM graphile_worker.add_job('slow', ${JSON.stringify({ ms })}::json, job_key => ${key}::text)`;
}

async function countJobs(): Promise<number> {
  const rows = await db.$queryRaw<unknown[]>`SELECT 1 FROM graphile_worker.jobs`;
  return rows.length;
}
