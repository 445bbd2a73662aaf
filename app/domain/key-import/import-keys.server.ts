import { v7 as uuidV7 } from "uuid";
import { db } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { addImport } from "./add-import.server";
import { checkImport } from "./check-import.server";
import { endImport } from "./end-import.server";
import { storedActor } from "./import-actor";
import { StoredReport, type ImportReport } from "./import-report";
import { keyFileRefusals, type KeyFileRefusal, type KeyFileRefused } from "./key-file";
import type { KeyFileChoice } from "./key-file-choice";
import { shownFileName } from "./shown-file-name";

export type ImportKeysInput = KeyFileChoice & {
  shopId: string;
  poolId: string;
  fileName: string;
  body: AsyncIterable<Uint8Array>;
  /** Who imports; "worker" when no person does. */
  actor?: AuditActor;
  now: Date;
};

export type ImportKeysResult =
  | { kind: "imported"; importId: string; report: ImportReport; served: number }
  | { kind: "refused"; reason: "unknown_pool"; line: null }
  | KeyFileRefused;

/**
 * Imports a file of keys at once, without asking: its check and its adding in one go, as an import from storage has
 * them one after the other.
 *
 * @returns `served`: how many waiting grants got their key. `refused` for everything wrong with the
 *   file, with the line where one is to blame; nothing was added then.
 * @throws when `body` breaks off or the database fails; nothing was added.
 */
export async function importKeys(input: ImportKeysInput): Promise<ImportKeysResult> {
  const { shopId, poolId, fileName, body, actor = "worker", now, ...layout } = input;
  const pool = await db.pool.findFirst({ where: { id: poolId, shopId } });
  if (!pool) return { kind: "refused", reason: "unknown_pool", line: null };

  const id = uuidV7();
  await db.keyImport.create({
    data: {
      id,
      shopId,
      poolId,
      actor: storedActor(actor),
      layout,
      state: "checking",
      fileName: shownFileName(fileName),
      createdAt: now,
      added: 0,
      duplicates: 0,
      bad: 0,
      report: {},
    },
  });
  try {
    await checkImport(id, now, body);
    const checked = await db.keyImport.updateMany({
      where: { id, state: "checked", problem: null },
      data: { state: "importing" },
    });
    if (checked.count > 0) await addImport(id, now);
  } catch (error) {
    await db.keyImport.deleteMany({ where: { id, state: { not: "done" } } });
    throw error;
  } finally {
    await endImport(id);
  }
  return resultOf(id);
}

async function resultOf(importId: string): Promise<ImportKeysResult> {
  const ended = await db.keyImport.findUniqueOrThrow({ where: { id: importId } });
  const { duplicatesInFile, alreadyHere, lines, problemLine } = StoredReport.parse(ended.report);
  if (ended.state === "done") {
    const { added, bad, served } = ended;
    return { kind: "imported", importId, served, report: { added, duplicatesInFile, alreadyHere, bad, lines } };
  }
  await db.keyImport.delete({ where: { id: importId } });
  const reason = keyFileRefusals.find((refusal): refusal is KeyFileRefusal => refusal === ended.problem);
  if (!reason) throw new Error(`An import ended as ${ended.state}: ${ended.problem}`);
  return { kind: "refused", reason, line: problemLine };
}
