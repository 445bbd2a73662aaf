import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { v7 as uuid } from "uuid";
import { workerArgs } from "../../sandbox/worker-args.ts";
import type { AppUnderLoad } from "./app-under-load.ts";
import type { Figure } from "./measure.ts";
import type { BenchShop } from "./shop-with-products.ts";

const SIZES = [10_000, 100_000, 1_000_000];
const IMPORT_TIMEOUT_MS = 600_000;
const root = path.resolve(import.meta.dirname, "../..");

/** A file of keys from storage into the pool, against PostgreSQL's own COPY; and the worker's memory meanwhile. */
export async function measureImports(app: AppUnderLoad, shop: BenchShop): Promise<Figure[]> {
  const client = new pg.Client({ connectionString: app.databaseUrl });
  client.on("error", () => {}); // PostgreSQL may end before it
  await client.connect();
  const poolId = uuid();
  await client.query(`INSERT INTO "Pool" (id, "shopId", name) VALUES ($1, $2, 'Keys')`, [poolId, shop.id]);

  const peaks: string[] = [];
  let measured = 0;
  let phases = "";
  for (const lines of SIZES) {
    await client.query(`TRUNCATE "PoolKey" CASCADE`);
    const storageKey = await upload(app, shop, lines);
    const worker = spawn(process.execPath, workerArgs, { cwd: root, env: app.env, stdio: "ignore" });
    try {
      await wait(3_000); // its start is not what is measured
      const { checkMs, addMs } = await importFile(client, worker, { shopId: shop.id, poolId, storageKey, lines });
      measured = (lines * 1000) / (checkMs + addMs);
      phases = `the check ${seconds(checkMs)}, the adding ${seconds(addMs)}`;
      peaks.push(`${await peakMegabytes(worker)} MB at ${lines.toLocaleString("en")} lines`);
    } finally {
      worker.kill("SIGKILL");
    }
  }
  const reference = await copyPerSecond(client);
  await client.end();

  return [
    { what: "keys imported, 1,000,000 lines", against: "a COPY of the same rows", measured, reference },
    { what: "of which", says: phases },
    { what: "the worker's peak memory importing", says: peaks.join(", ") },
  ];
}

/** @returns where the file of so many random keys lies */
async function upload({ storageUrl, access }: AppUnderLoad, shop: BenchShop, lines: number): Promise<string> {
  const { accessKeyId, secretAccessKey, region, bucket } = access;
  const credentials = { accessKeyId, secretAccessKey };
  const storage = new S3Client({ region, endpoint: storageUrl, forcePathStyle: true, credentials });
  const keys = Array.from({ length: lines }, () => randomBytes(10).toString("hex").toUpperCase());
  const storageKey = `shops/${shop.id}/imports/${uuid()}`;
  await storage.send(
    new PutObjectCommand({ Bucket: bucket, Key: storageKey, Body: Buffer.from(`key\n${keys.join("\n")}\n`) }),
  );
  return storageKey;
}

type ImportToMeasure = { shopId: string; poolId: string; storageKey: string; lines: number };

async function importFile(client: pg.Client, worker: ChildProcess, toMeasure: ImportToMeasure) {
  const { shopId, poolId, storageKey, lines } = toMeasure;
  const id = uuid();
  await client.query(
    `INSERT INTO "KeyImport" (id, "shopId", "poolId", state, "fileName", "storageKey", added, duplicates, bad, report)
     VALUES ($1, $2, $3, 'checking', 'keys.csv', $4, 0, 0, 0, '{}')`,
    [id, shopId, poolId, storageKey],
  );
  const checkMs = await runJob(client, worker, id, "check_key_import", "checked");
  await client.query(`UPDATE "KeyImport" SET state = 'importing' WHERE id = $1`, [id]);
  const addMs = await runJob(client, worker, id, "add_key_import", "done");

  const { rows } = await client.query<{ keys: number }>(`SELECT count(*)::int AS keys FROM "PoolKey"`);
  if (rows[0]?.keys !== lines) throw new Error(`${rows[0]?.keys} of ${lines} keys were imported`);
  return { checkMs, addMs };
}

/** How long the import took to come to `state`. */
async function runJob(client: pg.Client, worker: ChildProcess, importId: string, job: string, state: string) {
  const startedAt = performance.now();
  await client.query(`SELECT 1 FROM graphile_worker.add_job($1, json_build_object('importId', $2::text))`, [
    job,
    importId,
  ]);
  while (performance.now() - startedAt < IMPORT_TIMEOUT_MS && worker.exitCode === null) {
    const { rows } = await client.query<{ state: string; problem: string | null }>(
      `SELECT state, problem FROM "KeyImport" WHERE id = $1`,
      [importId],
    );
    if (rows[0]?.state === state) return performance.now() - startedAt;
    if (rows[0]?.problem) throw new Error(`The import failed: ${rows[0].problem}`);
    await wait(20);
  }
  throw new Error(`The import did not come to ${state}`);
}

async function peakMegabytes({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

/** The rows that are in the pool now, into an empty table with the same indexes. */
async function copyPerSecond(client: pg.Client): Promise<number> {
  const dir = await mkdtemp(path.join(tmpdir(), "featherpost-bench-copy-"));
  const file = path.join(dir, "keys");
  try {
    const rows = client.query(copyTo(`COPY (SELECT * FROM "PoolKey" ORDER BY seq) TO STDOUT (FORMAT binary)`));
    await pipeline(rows, createWriteStream(file));
    if ((await stat(file)).size === 0) throw new Error("There are no keys to copy");
    await client.query(`CREATE TABLE "PoolKeyCopy" (LIKE "PoolKey" INCLUDING ALL)`);
    const startedAt = performance.now();
    await pipeline(createReadStream(file), client.query(copyFrom(`COPY "PoolKeyCopy" FROM STDIN (FORMAT binary)`)));
    const tookMs = performance.now() - startedAt;
    const { rows: counted } = await client.query<{ keys: number }>(`SELECT count(*)::int AS keys FROM "PoolKeyCopy"`);
    await client.query(`DROP TABLE "PoolKeyCopy"`);
    return ((counted[0]?.keys ?? 0) * 1000) / tookMs;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
