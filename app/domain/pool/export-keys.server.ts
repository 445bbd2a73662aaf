import type { Prisma } from "@prisma/client";
import { db, inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { decryptKey } from "~/domain/license/key-text.server";
import { exportColumns, type ExportColumn } from "./export-columns";
import { chosenKeys, type KeyChoice } from "./key-choice";
import { reportCsv } from "./report-csv";

const BATCH = 1_000;
const BYTE_ORDER_MARK = "\uFEFF";

export type ExportKeysInput = {
  shopId: string;
  poolId: string;
  choice: KeyChoice;
  /** With `key` the texts themselves go out, and that they did is recorded. */
  columns: ExportColumn[];
  actor: AuditActor;
};

const exported = {
  seq: true,
  ciphertext: true,
  keyEnd: true,
  state: true,
  holderEmail: true,
  reference: true,
  activationLimit: true,
  expiresAt: true,
  note: true,
  grant: { select: { order: { select: { name: true } } } },
  importId: true,
} satisfies Prisma.PoolKeySelect;

/** With the name of the file it came in, where it came in one. */
type ExportedKey = Prisma.PoolKeyGetPayload<{ select: typeof exported }> & { importName: string | null };

/**
 * Writes keys as CSV, in the order in which they are given: UTF-8 that Excel knows as such, a header, and no cell
 * that a spreadsheet would take for a formula.
 *
 * @returns the file piece by piece, read as it is taken, so that memory does not grow with the pool; null when the
 *   shop has no such pool.
 */
export async function exportKeys(input: ExportKeysInput): Promise<AsyncIterable<string> | null> {
  const { shopId, poolId, choice, actor } = input;
  const columns = exportColumns.filter((column) => input.columns.includes(column));
  const pool = await db.pool.findFirst({ where: { id: poolId, shopId }, select: { name: true } });
  if (!pool) return null;

  const where = chosenKeys(shopId, poolId, choice);
  if (columns.includes("key")) {
    await inTransaction(async (tx) => {
      const count = await tx.poolKey.count({ where });
      await recordAudit(tx, { shopId, actor, action: "keys_exported", data: { poolId, pool: pool.name, count } });
    });
  }
  return writeRows(where, columns, (key) => decryptKey(shopId, key.ciphertext));
}

async function* writeRows(
  where: Prisma.PoolKeyWhereInput,
  columns: ExportColumn[],
  textOf: (key: ExportedKey) => string,
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + reportCsv([columns]);
  let after = 0n;
  for (;;) {
    const found = await db.poolKey.findMany({
      where: { ...where, seq: { gt: after } },
      orderBy: { seq: "asc" },
      take: BATCH,
      select: exported,
    });
    const names = await importNames(found.map(({ importId }) => importId));
    const keys = found.map((key) => ({ ...key, importName: names.get(key.importId) ?? null }));
    const last = keys.at(-1);
    if (!last) return;
    after = last.seq;
    yield reportCsv(keys.map((key) => columns.map((column) => cells[column](key, textOf))));
  }
}

async function importNames(importIds: (string | null)[]): Promise<Map<string | null, string>> {
  const ids = [...new Set(importIds)].filter((id) => id !== null);
  const imports = await db.keyImport.findMany({ where: { id: { in: ids } }, select: { id: true, fileName: true } });
  return new Map(imports.map(({ id, fileName }) => [id, fileName]));
}

const cells: Record<ExportColumn, (key: ExportedKey, textOf: (key: ExportedKey) => string) => string | number> = {
  key: (key, textOf) => textOf(key),
  end: (key) => key.keyEnd,
  state: (key) => key.state,
  order: (key) => key.grant?.order.name ?? "",
  holder_email: (key) => key.holderEmail ?? "",
  reference: (key) => key.reference ?? "",
  activation_limit: (key) => (key.activationLimit === 0 ? "unlimited" : (key.activationLimit ?? "")),
  expires_at: (key) => key.expiresAt?.toISOString() ?? "",
  note: (key) => key.note ?? "",
  import: (key) => key.importName ?? "",
};
