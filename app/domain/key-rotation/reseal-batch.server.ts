import { Prisma } from "@prisma/client";
import { db, inTransaction, type Tx } from "~/db.server";
import { SEAL_ID_BYTES } from "~/domain/license/key-seal.server";
import { decryptKey, encryptKey, sealingKeys } from "~/domain/license/key-text.server";
import type { SealedColumn } from "./sealed-columns.server";

const BATCH_ROWS = 500;

/** What came of a batch. `busy` rows were held by somebody and are for later; `unreadable` ones did not open. */
export type ResealedBatch = { resealed: number; busy: number; unreadable: number; last: string };

type Found = { id: string; poolId: string | null };
type Held = { id: string; shopId: string; ciphertext: Uint8Array };

/** How many texts are under another key than the first of KEY_ENCRYPTION_KEYS. */
export async function countStale({ table, column }: SealedColumn): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM ${table} WHERE ${isStale(column)}`;
  return row?.count ?? 0;
}

/**
 * Seals the next texts anew, under the first of KEY_ENCRYPTION_KEYS.
 *
 * A batch waits for nobody, and nobody waits for it longer than it takes: some 50 ms.
 *
 * @param after  the last id of the batch before, or the column's start
 * @returns null at the end
 */
export function resealBatch(sealed: SealedColumn, after: string): Promise<ResealedBatch | null> {
  const { table, column, shopId, poolId, id, order, beyond, among, is } = sealed;

  return inTransaction(async (tx) => {
    const found = await tx.$queryRaw<Found[]>`
      SELECT ${id} AS "id", ${poolId} AS "poolId" FROM ${table}
      WHERE ${beyond(after)} AND ${isStale(column)} ORDER BY ${order} LIMIT ${BATCH_ROWS}`;
    const last = found.at(-1)?.id;
    if (last === undefined) return null;

    const held = await tx.$queryRaw<Held[]>`
      SELECT ${id} AS "id", ${shopId} AS "shopId", ${column} AS "ciphertext" FROM ${table}
      WHERE ${among(await ofFreePools(tx, found))} AND ${isStale(column)}
      ORDER BY ${order} FOR NO KEY UPDATE SKIP LOCKED`;
    const fresh = held.flatMap(resealed);
    await tx.$executeRaw`
      UPDATE ${table} SET ${column} = decode(fresh."hex", 'hex')
      FROM unnest(${fresh.map((row) => row.id)}::text[], ${fresh.map((row) => row.hex)}::text[]) AS fresh ("of", "hex")
      WHERE ${is(Prisma.sql`fresh."of"`)}`;
    return {
      resealed: fresh.length,
      busy: found.length - held.length,
      unreadable: held.length - fresh.length,
      last,
    };
  });
}

/** The id of the encryption key stands behind the version. */
function isStale(column: Prisma.Sql): Prisma.Sql {
  const id = Buffer.from(sealingKeys().id).toString("hex");
  return Prisma.sql`substring(${column} FROM 2 FOR ${SEAL_ID_BYTES}::int) <> decode(${id}, 'hex')`;
}

/** Nothing for a text that does not open: it was altered, or its key is no longer listed. It is left as it is. */
function resealed({ id, shopId, ciphertext }: Held): { id: string; hex: string }[] {
  try {
    return [{ id, hex: encryptKey(shopId, decryptKey(shopId, ciphertext)).toString("hex") }];
  } catch {
    return [];
  }
}

/**
 * Holds the pools of what is about to be held. An order that passes over held keys, and so finds too few, waits for
 * their pool and then finds them; without this it would wait for keys that are there.
 */
async function ofFreePools(tx: Tx, found: Found[]): Promise<string[]> {
  const poolIds = [...new Set(found.flatMap(({ poolId }) => (poolId ? [poolId] : [])))];
  if (poolIds.length === 0) return found.map(({ id }) => id);

  const held = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Pool" WHERE "id" = ANY(${poolIds}::uuid[]) ORDER BY "id" FOR NO KEY UPDATE SKIP LOCKED`;
  const free = new Set(held.map((pool) => pool.id));
  return found.flatMap(({ id, poolId }) => (poolId && free.has(poolId) ? [id] : []));
}
