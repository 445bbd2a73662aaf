import { Prisma, type KeyImport } from "@prisma/client";
import { db, inTransaction, onOwnConnection, type Tx } from "~/db.server";
import { recordAudit } from "~/domain/audit/record.server";
import { followStock } from "~/domain/pool/follow-stock.server";
import { lockPool } from "~/domain/pool/lock-pool.server";
import { serveWaiting } from "~/domain/pool/serve-waiting.server";
import { enqueue } from "~/jobs/enqueue.server";
import { finishImport } from "./finish-import.server";
import { actorFrom } from "./import-actor";
import { lockImport } from "./import-lock.server";
import { StoredReport, type TargetPool } from "./import-report";
import { ImportCancelled, watchImport } from "./watch-import.server";

const BATCH_LINES = 25_000;
// A million keys take a minute, and an import may queue behind others.
const TRANSACTION_TIMEOUT_MS = 60 * 60 * 1000;

/**
 * Adds what a checked import staged, all or nothing, and gives the keys to the grants that wait for one.
 *
 * Keys go in by line, so the first line is given first. What came into the shop since the check is passed over. Safe
 * to repeat from the beginning, also at once; an import that is not being added (any more) is left as it is.
 *
 * @throws when the database fails; nothing was added then.
 */
export async function addImport(importId: string, now: Date): Promise<void> {
  await onOwnConnection(async (client) => {
    await lockImport(client, importId);
    const found = await db.keyImport.findUnique({ where: { id: importId } });
    if (found?.state !== "importing") return;

    const staged = await db.stagedKey.count({ where: { importId } });
    if (staged !== found.lines) return checkAgain(found);

    try {
      await inTransaction((tx) => add(tx, found, now), { timeoutMs: TRANSACTION_TIMEOUT_MS });
      const { pools } = StoredReport.parse(found.report);
      await followStock(
        db,
        found.shopId,
        pools.map(({ poolId }) => poolId),
      );
    } catch (error) {
      if (error instanceof PoolGone) await fail(found, now);
      else if (!(error instanceof ImportCancelled)) throw error;
    }
  });
}

/** A target's pool was deleted since the check. */
class PoolGone extends Error {
  override name = "PoolGone";
}

async function add(tx: Tx, found: KeyImport, now: Date) {
  const { id, shopId, poolId, lines } = found;
  const report = StoredReport.parse(found.report);
  await queueBehindOtherImports(tx, shopId);
  await keepPools(tx, shopId, report.pools);

  const tell = watchImport(id, "importing");
  let added = 0;
  for (const [from, to] of await rangesOf(tx, id)) {
    added += await addLines(tx, found, report.pools, from, to);
    await tell({ added });
  }
  // Only now: an order that finds a pool empty waits for whoever holds it.
  const filled = [...new Set(report.pools.map((target) => target.poolId))].sort();
  for (const pool of filled) {
    if (!(await lockPool(tx, shopId, pool))) throw new PoolGone();
  }
  let served = 0;
  for (const pool of filled) served += (await serveWaiting(tx, { shopId, poolId: pool, now })).length;

  const lost = report.fresh - added; // came into the shop since the check
  const counts = {
    added,
    served,
    duplicates: found.duplicates + lost,
    report: { ...report, alreadyHere: report.alreadyHere + lost },
  };
  const isOurs = await finishImport(tx, found, ["importing"], { state: "done", finishedAt: now, lines, ...counts });
  if (!isOurs) throw new ImportCancelled(`Import ${id} was cancelled`);

  const pool = report.pools.find((target) => target.poolId === poolId)?.pool ?? report.pools[0]?.pool ?? "";
  const actor = actorFrom(found.actor);
  await recordAudit(tx, { shopId, actor, action: "keys_imported", data: { poolId, pool, added, served } });
}

/** Two imports of one shop may hold the same keys in different order, and would wait for each other. */
async function queueBehindOtherImports(tx: Tx, shopId: string) {
  await tx.$queryRaw`SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(${`import keys ${shopId}`}, 0))`;
}

/** Nobody deletes them until the end. */
async function keepPools(tx: Tx, shopId: string, pools: TargetPool[]) {
  const ids = [...new Set(pools.map(({ poolId }) => poolId))];
  const kept = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "Pool" WHERE id = ANY (${ids}::uuid[]) AND "shopId" = ${shopId}::uuid ORDER BY id FOR KEY SHARE`;
  if (kept.length < ids.length) throw new PoolGone();
}

/** The lines in pieces of 25,000: from, up to and not including. */
async function rangesOf(tx: Tx, importId: string): Promise<[number, number][]> {
  const { _max: last } = await tx.stagedKey.aggregate({ where: { importId }, _max: { line: true } });
  const pieces = Math.ceil(((last.line ?? 0) + 1) / BATCH_LINES);
  return Array.from({ length: pieces }, (_, piece) => [piece * BATCH_LINES, (piece + 1) * BATCH_LINES]);
}

/** Fast, since the check found no such key; where one came since, again and passing over those. */
async function addLines(tx: Tx, found: KeyImport, pools: TargetPool[], from: number, to: number): Promise<number> {
  await tx.$executeRaw`SAVEPOINT lines`;
  try {
    return await insertLines(tx, found, pools, [from, to], Prisma.empty);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT lines`;
    const passingOver = Prisma.sql`ON CONFLICT ("shopId", "keyHash") DO NOTHING`;
    return insertLines(tx, found, pools, [from, to], passingOver);
  }
}

function insertLines(
  tx: Tx,
  { id, shopId }: KeyImport,
  pools: TargetPool[],
  [from, to]: [number, number],
  onConflict: Prisma.Sql,
): Promise<number> {
  return tx.$executeRaw`
    INSERT INTO "PoolKey" (id, "shopId", "poolId", "importId", "keyEnd", "keyHash", ciphertext,
                           "activationLimit", "expiresAt", note)
    SELECT staged.id, ${shopId}::uuid, named.pool_id, ${id}::uuid, "keyEnd", "keyHash", ciphertext,
           "activationLimit", "expiresAt", note
    FROM "StagedKey" staged
    JOIN unnest(${pools.map(({ target }) => target ?? "")}::text[], ${pools.map(({ poolId }) => poolId)}::uuid[])
      AS named (target, pool_id) ON named.target = coalesce(staged.target, '')
    WHERE staged."importId" = ${id}::uuid AND line >= ${from} AND line < ${to} AND reason IS NULL
    ORDER BY line
    ${onConflict}`;
}

const UNIQUE_VIOLATION = "23505";

function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return error.code === "P2002" || JSON.stringify(error.meta).includes(UNIQUE_VIOLATION);
}

/** PostgreSQL crashed since the check and forgot what was staged; the merchant's word is asked anew. */
async function checkAgain({ id, shopId }: KeyImport) {
  await inTransaction(async (tx) => {
    const { count } = await tx.keyImport.updateMany({
      where: { id, shopId, state: "importing" },
      data: { state: "checking", readBytes: 0, lines: 0 },
    });
    if (count > 0) await enqueue(tx, "check_key_import", { importId: id });
  });
}

async function fail(found: KeyImport, now: Date) {
  const ended = { state: "failed", finishedAt: now, problem: "pool_gone", added: 0 } as const;
  await inTransaction((tx) => finishImport(tx, found, ["importing"], ended));
}
