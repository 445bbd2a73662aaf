import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { db, onOwnConnection } from "~/db.server";
import { createImport } from "~/domain/key-import/create-import.server";
import { findImport } from "~/domain/key-import/find-import.server";
import { startAdding } from "~/domain/key-import/start-adding.server";
import { startCheck } from "~/domain/key-import/start-check.server";
import { createPool } from "../factories";
import { startTestStorage } from "../setup/storage";
import { kill } from "../setup/kill";

const LINES = 60_000;
/** Starts of two processes on a busy machine, and what the second does. */
const PATIENCE = { timeout: 60_000, interval: 100 };

await startTestStorage();
let dir = "";
let started: ChildProcess[] = [];

beforeAll(async () => {
  // Where the packages that it imports are found.
  dir = await mkdtemp(path.resolve("node_modules/.test-worker-"));
  await build({
    entryPoints: {
      worker: "app/worker.server.ts",
      "seal-lines": "app/domain/key-import/seal-lines.server.ts",
    },
    outdir: dir,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "warning",
  });
});

afterEach(async () => {
  await Promise.all(started.map(kill));
  started = [];
});

afterAll(() => rm(dir, { recursive: true, force: true }));

test("given workers killed at half of a check and at half of its adding, when others start, then all is there once", async () => {
  const { id: poolId, shopId } = await createPool();
  const importId = await upload(shopId, poolId);
  const stagedKeys = () => db.stagedKey.count({ where: { importId } });
  const stateOfImport = async () => (await findImport(shopId, importId))?.state;

  await startCheck({ shopId, importId, choice: {} });
  await killHalfWay(importId);
  const half = await stagedKeys();
  expect(half).toBeGreaterThan(0);
  expect(half).toBeLessThan(LINES);
  expect(await stateOfImport()).toBe("checking");

  const second = startWorker();
  await expect.poll(stateOfImport, PATIENCE).toBe("checked");
  await kill(second);
  expect(await findImport(shopId, importId)).toMatchObject({ fresh: LINES, duplicatesInFile: 0, bad: 0 });
  expect(await stagedKeys()).toBe(LINES);

  await startAdding({ shopId, importId, actor: "worker" });
  await killHalfWay(importId);
  expect(await db.poolKey.count({ where: { poolId } })).toBe(0);
  expect(await stateOfImport()).toBe("importing");

  startWorker();
  await expect.poll(stateOfImport, PATIENCE).toBe("done");
  await expect.poll(stagedKeys, PATIENCE).toBe(0);
  expect(await findImport(shopId, importId)).toMatchObject({ added: LINES, alreadyHere: 0 });
  const keys = await db.poolKey.findMany({ where: { poolId }, orderBy: { seq: "asc" }, select: { keyEnd: true } });
  expect(keys.map(({ keyEnd }) => keyEnd)).toEqual(serials().map((key) => key.slice(-4)));
  expect(await db.auditEntry.count({ where: { shopId, action: "keys_imported" } })).toBe(1);
}, 240_000);

/** Starts a worker that must wait when it tells of its first batch, and kills it there. */
async function killHalfWay(importId: string) {
  await onOwnConnection(async (client) => {
    await client.query("BEGIN");
    await client.query(`SELECT 1 FROM "KeyImport" WHERE id = $1 FOR UPDATE`, [importId]);
    const worker = startWorker();
    await expect.poll(isTellingWaiting, PATIENCE).toBe(true);
    await kill(worker);
    await client.query("ROLLBACK");
  });
}

async function isTellingWaiting(): Promise<boolean> {
  const waiting = await db.$queryRaw<unknown[]>`
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'UPDATE%"KeyImport"%'`;
  return waiting.length > 0;
}

async function upload(shopId: string, poolId: string): Promise<string> {
  const body = Buffer.from(serials().join("\n"));
  const file = { fileName: "keys.csv", sizeBytes: body.length, actor: "worker", now: new Date() } as const;
  const created = await createImport({ shopId, poolId, ...file });
  if (created.kind === "refused") throw new Error(created.reason);
  const stored = await fetch(created.url, { method: "PUT", body });
  expect(stored.ok).toBe(true);
  return created.importId;
}

function serials(): string[] {
  return Array.from({ length: LINES }, (_, index) => `SERIAL-${String(index + 1).padStart(6, "0")}`);
}

function startWorker(): ChildProcess {
  const child = spawn(process.execPath, [path.join(dir, "worker.js")], { stdio: "ignore" });
  started.push(child);
  return child;
}
