import type { KeyImport } from "@prisma/client";
import type { Client } from "pg";
import type { Target } from "./find-targets.server";
import { REPORTED_LINES, StoredReport, type LineReason, type ReportedLine } from "./import-report";

/**
 * Writes down, in the connection's temporary table `passed_over`, which staged lines of an import add no key, and why.
 *
 * @param targets  of every line that can be read
 */
export async function judgeLines(client: Client, { id, shopId }: KeyImport, targets: Target[]) {
  await client.query(`SET work_mem = '64MB'`);
  await client.query(`ANALYZE "StagedKey"`); // a million rows more than a moment ago
  await client.query(`DROP TABLE IF EXISTS passed_over`);
  await client.query(`CREATE TEMPORARY TABLE passed_over (line int PRIMARY KEY, reason text NOT NULL)`);
  await client.query(
    `INSERT INTO passed_over
     SELECT line, reason FROM "StagedKey" WHERE "importId" = $1 AND reason IS NOT NULL`,
    [id],
  );
  const lost = targets.flatMap((target) => ("reason" in target ? [target] : []));
  if (lost.length > 0) {
    await client.query(
      `INSERT INTO passed_over
       SELECT line, lost.reason FROM "StagedKey" JOIN unnest($2::text[], $3::text[]) AS lost (target, reason) USING (target)
       WHERE "importId" = $1 AND "StagedKey".reason IS NULL`,
      [id, lost.map(({ target }) => target), lost.map(({ reason }) => reason)],
    );
  }
  await client.query(
    `INSERT INTO passed_over
     SELECT staged.line, 'already_here' FROM "StagedKey" staged
     JOIN "PoolKey" here ON here."shopId" = $2 AND here."keyHash" = staged."keyHash"
     WHERE staged."importId" = $1 AND here."importId" IS DISTINCT FROM $1
     ON CONFLICT DO NOTHING`,
    [id, shopId],
  );
  // Of lines with the same key the first that names a pool counts.
  await client.query(
    `WITH good AS (
       SELECT line, "keyHash" FROM "StagedKey" WHERE "importId" = $1 AND "keyHash" IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM passed_over WHERE passed_over.line = "StagedKey".line)
     ), doubled AS (
       SELECT "keyHash", min(line) AS first_line FROM good GROUP BY "keyHash" HAVING count(*) > 1
     )
     INSERT INTO passed_over
     SELECT line, 'duplicate_in_file' FROM good JOIN doubled USING ("keyHash") WHERE line <> first_line`,
    [id],
  );
  await client.query(`ANALYZE passed_over`);
}

/** What `judgeLines` found, counted, with the first lines of each kind. */
export async function reportLines(client: Client, { id }: KeyImport, targets: Target[]) {
  const counted = await client.query<{ reason: LineReason; lines: number }>(
    `SELECT reason, count(*)::int AS lines FROM passed_over GROUP BY reason`,
  );
  const countOf = (reason: LineReason) => counted.rows.find((row) => row.reason === reason)?.lines ?? 0;
  const duplicatesInFile = countOf("duplicate_in_file");
  const alreadyHere = countOf("already_here");
  const bad = counted.rows.reduce((sum, { lines }) => sum + lines, 0) - duplicatesInFile - alreadyHere;

  const named = await client.query<ReportedLine>(
    `SELECT line, passed.reason, "keyEnd" AS end FROM (
       SELECT line, reason, row_number() OVER (
         PARTITION BY CASE WHEN reason IN ('duplicate_in_file', 'already_here') THEN reason END ORDER BY line
       ) AS place FROM passed_over
     ) AS passed JOIN "StagedKey" USING (line)
     WHERE "importId" = $1 AND place <= $2 ORDER BY line`,
    [id, REPORTED_LINES],
  );
  return { duplicatesInFile, alreadyHere, bad, lines: named.rows, ...(await freshLines(client, id, targets)) };
}

async function freshLines(client: Client, importId: string, targets: Target[]) {
  const fresh = `"StagedKey" WHERE "importId" = $1
    AND NOT EXISTS (SELECT 1 FROM passed_over WHERE passed_over.line = "StagedKey".line)`;
  const counted = await client.query<{ target: string | null; lines: number }>(
    `SELECT target, count(*)::int AS lines FROM ${fresh} GROUP BY target`,
    [importId],
  );
  const first = await client.query<{ line: number; end: string; target: string | null }>(
    `SELECT line, "keyEnd" AS end, target FROM ${fresh} ORDER BY line LIMIT $2`,
    [importId, REPORTED_LINES],
  );
  const pools = targets.flatMap((target) => {
    if ("reason" in target) return [];
    const lines = counted.rows.find((row) => row.target === target.target)?.lines ?? 0;
    return [{ ...target, fresh: lines }];
  });
  const poolOf = (target: string | null) => pools.find((pool) => pool.target === target)?.pool ?? "";
  return {
    fresh: pools.reduce((sum, { fresh: lines }) => sum + lines, 0),
    freshLines: first.rows.map(({ line, end, target }) => ({ line, end, pool: poolOf(target) })),
    pools,
  };
}

/** A report as `KeyImport.report` keeps it. */
export function storedReport({ bad: _bad, ...report }: Awaited<ReturnType<typeof reportLines>>): StoredReport {
  return StoredReport.parse(report);
}
