import type { KeyImport } from "@prisma/client";
import type { Client } from "pg";
import type { Target } from "./find-targets.server";
import { REPORTED_LINES, type LineReason, type ReportedLine } from "./import-report";

/**
 * Writes to the staged lines of an import why they add no key, where they add none. Safe to repeat: what came into
 * the shop since then is found too.
 *
 * @param targets  of every line that can be read
 */
export async function judgeLines(client: Client, { id, shopId }: KeyImport, targets: Target[]) {
  await client.query(`SET work_mem = '64MB'`);
  await client.query(`ANALYZE "StagedKey"`); // perhaps a million rows more than a moment ago
  const lost = targets.flatMap((target) => ("reason" in target ? [target] : []));
  if (lost.length > 0) {
    await client.query(
      `UPDATE "StagedKey" staged SET reason = lost.reason
       FROM unnest($2::text[], $3::text[]) AS lost (target, reason)
       WHERE "importId" = $1 AND staged.reason IS NULL AND staged.target = lost.target`,
      [id, lost.map(({ target }) => target), lost.map(({ reason }) => reason)],
    );
  }
  await client.query(
    `UPDATE "StagedKey" staged SET reason = 'already_here'
     FROM "PoolKey" here
     WHERE staged."importId" = $1 AND staged.reason IS NULL AND here."shopId" = $2
       AND here."keyHash" = staged."keyHash" AND here."importId" IS DISTINCT FROM $1`,
    [id, shopId],
  );
  // Of lines with the same key the first that is not bad counts.
  await client.query(
    `UPDATE "StagedKey" staged SET reason = 'duplicate_in_file'
     FROM (
       SELECT "keyHash", min(line) AS first_line FROM "StagedKey" WHERE "importId" = $1 AND reason IS NULL
       GROUP BY "keyHash" HAVING count(*) > 1
     ) AS doubled
     WHERE staged."importId" = $1 AND staged.reason IS NULL
       AND staged."keyHash" = doubled."keyHash" AND staged.line <> doubled.first_line`,
    [id],
  );
}

/** What `judgeLines` found, counted, with the first lines of each kind. */
export async function reportLines(client: Client, { id }: KeyImport, targets: Target[]) {
  const counted = await client.query<{ reason: LineReason; lines: number }>(
    `SELECT reason, count(*)::int AS lines FROM "StagedKey" WHERE "importId" = $1 AND reason IS NOT NULL GROUP BY reason`,
    [id],
  );
  const countOf = (reason: LineReason) => counted.rows.find((row) => row.reason === reason)?.lines ?? 0;
  const duplicatesInFile = countOf("duplicate_in_file");
  const alreadyHere = countOf("already_here");
  const bad = counted.rows.reduce((sum, { lines }) => sum + lines, 0) - duplicatesInFile - alreadyHere;

  const named = await client.query<ReportedLine>(
    `SELECT line, reason, "keyEnd" AS end FROM (
       SELECT line, reason, "keyEnd", row_number() OVER (
         PARTITION BY CASE WHEN reason IN ('duplicate_in_file', 'already_here') THEN reason END ORDER BY line
       ) AS place FROM "StagedKey" WHERE "importId" = $1 AND reason IS NOT NULL
     ) AS passed_over WHERE place <= $2 ORDER BY line`,
    [id, REPORTED_LINES],
  );
  return { duplicatesInFile, alreadyHere, bad, lines: named.rows, ...(await freshLines(client, id, targets)) };
}

async function freshLines(client: Client, importId: string, targets: Target[]) {
  const counted = await client.query<{ target: string | null; lines: number }>(
    `SELECT target, count(*)::int AS lines FROM "StagedKey" WHERE "importId" = $1 AND reason IS NULL GROUP BY target`,
    [importId],
  );
  const first = await client.query<{ line: number; end: string; target: string | null }>(
    `SELECT line, "keyEnd" AS end, target FROM "StagedKey" WHERE "importId" = $1 AND reason IS NULL
     ORDER BY line LIMIT $2`,
    [importId, REPORTED_LINES],
  );
  const pools = targets.flatMap((target) => {
    if ("reason" in target) return [];
    const lines = counted.rows.find((row) => row.target === target.target)?.lines ?? 0;
    return [{ ...target, fresh: lines }];
  });
  const poolOf = (target: string | null) => pools.find((pool) => pool.target === target)?.pool ?? "";
  return {
    fresh: counted.rows.reduce((sum, { lines }) => sum + lines, 0),
    freshLines: first.rows.map(({ line, end, target }) => ({ line, end, pool: poolOf(target) })),
    pools,
  };
}
