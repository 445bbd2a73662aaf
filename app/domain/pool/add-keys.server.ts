import { Prisma } from "@prisma/client";
import { v7 as uuidV7 } from "uuid";
import { inTransaction, type Tx } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { keyEnd } from "~/domain/license/key-end";
import { encryptKey, keyHash } from "~/domain/license/key-text.server";
import { lockPool } from "./lock-pool.server";
import { serveWaiting } from "./serve-waiting.server";

export type AddKeysInput = {
  shopId: string;
  poolId: string;
  /** As AddKeysForm reads them. */
  texts: string[];
  /** Of each; null: the pool's. 0: unlimited. */
  activationLimit: number | null;
  expiresAt: Date | null;
  note: string | null;
  actor: AuditActor;
  now: Date;
};

export type AddKeysResult =
  | { kind: "added"; added: number; served: number }
  | { kind: "refused"; reason: "unknown_pool" }
  /** The shop has these already, by their last characters: nothing was added. */
  | { kind: "refused"; reason: "already_here"; ends: string[] };

/** Adds keys that a person typed, all or none, and gives them to the grants that wait for one. */
export function addKeys(input: AddKeysInput): Promise<AddKeysResult> {
  const { shopId, poolId, texts, actor, now, ...columns } = input;
  const keys = texts.map((text) => ({
    ...columns,
    id: uuidV7(),
    shopId,
    poolId,
    keyEnd: keyEnd(text),
    keyHash: keyHash(shopId, text),
    ciphertext: encryptKey(shopId, text),
  }));

  const add = async (tx: Tx): Promise<AddKeysResult> => {
    const pool = await lockPool(tx, shopId, poolId);
    if (!pool) return { kind: "refused", reason: "unknown_pool" };
    const here = await tx.poolKey.findMany({
      where: { shopId, keyHash: { in: keys.map((key) => key.keyHash) } },
      select: { keyEnd: true },
    });
    if (here.length > 0) return { kind: "refused", reason: "already_here", ends: here.map((key) => key.keyEnd) };

    await tx.poolKey.createMany({ data: keys });
    await tx.pool.update({ where: { id: poolId }, data: { hasOtherKeys: true } });
    const served = await serveWaiting(tx, { shopId, poolId, now });
    const data = { poolId, pool: pool.name, added: keys.length, served: served.length };
    await recordAudit(tx, { shopId, actor, action: "keys_added", data });
    return { kind: "added", added: keys.length, served: served.length };
  };
  return inTransaction(add).catch((error: unknown) => {
    if (!isTaken(error)) throw error;
    return inTransaction(add); // one came in by an import, or into another pool, just now: this time it is seen
  });
}

function isTaken(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}
