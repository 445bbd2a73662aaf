import { setImmediate } from "node:timers/promises";
import { v7 as uuidV7 } from "uuid";
import { db, type Tx } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { keyEnd } from "~/domain/license/key-end";
import { encryptKey, keyHash } from "~/domain/license/key-text.server";
import { REPORTED_LINES, type ImportReport, type ReportedLine } from "./import-report";
import { keyFileRefused, type KeyFileRefused } from "./key-file";
import { lockPool } from "~/domain/pool/lock-pool.server";
import { readKeyFile, type ReadKeyFileInput } from "./read-key-file";
import { serveWaiting } from "~/domain/pool/serve-waiting.server";

// Between two batches other requests get their turn: sealing one takes about 30 ms of the processor.
const SEAL_BATCH = 1_000;
const INSERT_BATCH = 5_000;
const SHOWN_NAME = 255;
// Half a million keys take longer than the usual 20 s, and an import may queue behind another.
const TRANSACTION_TIMEOUT_MS = 180_000;

export type ImportKeysInput = ReadKeyFileInput & {
  shopId: string;
  poolId: string;
  fileName: string;
  /** Who imports; "worker" when no person does. */
  actor?: AuditActor;
  now: Date;
};

export type ImportKeysResult =
  | { kind: "imported"; importId: string; report: ImportReport; served: number }
  | { kind: "refused"; reason: "unknown_pool"; line: null }
  | KeyFileRefused;

type SealedKey = { id: string; line: number; end: string; hash: string; ciphertext: string };

/**
 * Adds the keys of a CSV file to a pool and gives them to the grants that wait for one.
 *
 * Lines that are bad, double, or hold a key the shop has already are passed over and reported. A file
 * that cannot be read as a whole adds nothing, and so does one whose import fails half way. The same
 * file a second time adds nothing, also at the same moment.
 *
 * @returns `served`: how many waiting grants got their key. `refused` for everything wrong with the
 *   file, with the line where one is to blame.
 * @throws when `body` breaks off or the database fails; nothing was written.
 */
export async function importKeys(input: ImportKeysInput): Promise<ImportKeysResult> {
  const { shopId, poolId, actor = "worker", now } = input;
  const fileName = input.fileName.replaceAll(/\p{Cc}/gu, " ").slice(0, SHOWN_NAME);
  const pool = await db.pool.findFirst({ where: { id: poolId, shopId } });
  if (!pool) return { kind: "refused", reason: "unknown_pool", line: null };

  const read = await readAndSeal(input).catch(keyFileRefused);
  if ("kind" in read) return read;

  const { keys, report } = read;
  const importId = uuidV7();
  const work = async (tx: Tx) => {
    await queueBehindOtherImports(tx, shopId);
    await tx.keyImport.create({
      data: { id: importId, shopId, poolId, fileName, added: 0, duplicates: 0, bad: 0, report: {}, createdAt: now },
    });
    for (let from = 0; from < keys.length; from += INSERT_BATCH) {
      await insertKeys(tx, { shopId, poolId, importId }, keys.slice(from, from + INSERT_BATCH), report);
    }
    // Only now: an order that finds the pool empty waits for whoever holds it.
    await lockPool(tx, shopId, poolId);
    const served = await serveWaiting(tx, { shopId, poolId, now });

    await finishImport(tx, importId, report);
    const data = { poolId, pool: pool.name, added: report.added, served: served.length };
    await recordAudit(tx, { shopId, actor, action: "keys_imported", data });
    return served.length;
  };
  const served = await db.$transaction(work, { maxWait: 10_000, timeout: TRANSACTION_TIMEOUT_MS });

  return { kind: "imported", importId, report, served };
}

async function readAndSeal(input: ImportKeysInput): Promise<{ keys: SealedKey[]; report: ImportReport }> {
  const report: ImportReport = { added: 0, duplicatesInFile: 0, alreadyHere: 0, bad: 0, lines: [] };
  const seen = new Set<string>();
  const keys: SealedKey[] = [];
  for await (const entry of readKeyFile(input)) {
    if ("reason" in entry) {
      report.bad += 1;
      if (report.bad <= REPORTED_LINES) report.lines.push(entry);
    } else if (seen.has(entry.text)) {
      report.duplicatesInFile += 1;
      if (report.duplicatesInFile <= REPORTED_LINES) report.lines.push(passedOver(entry, "duplicate_in_file"));
    } else {
      seen.add(entry.text);
      keys.push(seal(input.shopId, entry));
      if (keys.length % SEAL_BATCH === 0) await setImmediate();
    }
  }
  return { keys, report };
}

function seal(shopId: string, { line, text }: { line: number; text: string }): SealedKey {
  return {
    id: uuidV7(),
    line,
    end: keyEnd(text),
    hash: keyHash(shopId, text).toString("base64"),
    ciphertext: encryptKey(shopId, text).toString("base64"),
  };
}

function passedOver({ line, text }: { line: number; text: string }, reason: ReportedLine["reason"]): ReportedLine {
  return { line, reason, end: keyEnd(text) };
}

/** Two imports of one shop may hold the same keys in different order, and would wait for each other. */
async function queueBehindOtherImports(tx: Tx, shopId: string) {
  await tx.$queryRaw`SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(${`import keys ${shopId}`}, 0))`;
}

async function insertKeys(
  tx: Tx,
  { shopId, poolId, importId }: { shopId: string; poolId: string; importId: string },
  keys: SealedKey[],
  report: ImportReport,
) {
  const inserted = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO "PoolKey" (id, "shopId", "poolId", "importId", "keyEnd", "keyHash", ciphertext)
    SELECT id, ${shopId}::uuid, ${poolId}::uuid, ${importId}::uuid, key_end,
           decode(hash, 'base64'), decode(ciphertext, 'base64')
    FROM unnest(
      ${keys.map(({ id }) => id)}::uuid[], ${keys.map(({ end }) => end)}::text[],
      ${keys.map(({ hash }) => hash)}::text[], ${keys.map(({ ciphertext }) => ciphertext)}::text[]
    ) WITH ORDINALITY AS sealed (id, key_end, hash, ciphertext, place)
    ORDER BY place
    ON CONFLICT ("shopId", "keyHash") DO NOTHING
    RETURNING id`;

  report.added += inserted.length;
  if (inserted.length === keys.length) return;

  const added = new Set(inserted.map(({ id }) => id));
  for (const { id, line, end } of keys) {
    if (added.has(id)) continue;
    report.alreadyHere += 1;
    if (report.alreadyHere <= REPORTED_LINES) report.lines.push({ line, reason: "already_here", end });
  }
}

async function finishImport(tx: Tx, importId: string, report: ImportReport) {
  const { added, duplicatesInFile, alreadyHere, bad, lines } = report;
  lines.sort((a, b) => a.line - b.line);
  await tx.keyImport.update({
    where: { id: importId },
    data: { added, duplicates: duplicatesInFile + alreadyHere, bad, report: { duplicatesInFile, alreadyHere, lines } },
  });
}
