import type { Pool } from "@prisma/client";
import { inTransaction, type Tx } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { KeyRule, mostKeys } from "./key-rule";
import { lockPool } from "./lock-pool.server";
import { makeKeys } from "./make-keys.server";
import { serveWaiting } from "./serve-waiting.server";

// So many keys take longer than the usual 20 s on a slow machine.
const TRANSACTION_TIMEOUT_MS = 120_000;

export type GenerateKeysInput = {
  shopId: string;
  poolId: string;
  /** 1 to 100,000: more are made in several goes. */
  count: number;
  actor: AuditActor;
  now: Date;
};

export type GenerateKeysResult =
  | { kind: "generated"; count: number; served: number }
  /** `room`: for so many more keys there is space by the rule. */
  | { kind: "refused"; reason: "too_many"; room: number }
  | { kind: "refused"; reason: "unknown_pool" | "no_rule" };

/**
 * Makes keys by the pool's rule, all or none, and gives them to the grants that wait for one.
 *
 * @returns `too_many` when, with the keys the pool holds already, two alike or a lucky guess would no longer be
 *   less likely than 1 in 10^9.
 */
export function generateKeys(input: GenerateKeysInput): Promise<GenerateKeysResult> {
  const { shopId, poolId, count, actor, now } = input;

  const work = async (tx: Tx): Promise<GenerateKeysResult> => {
    await queueToMakeKeys(tx, poolId);
    const [pool] = await tx.$queryRaw<Pick<Pool, "name" | "rule">[]>`
      SELECT name, rule FROM "Pool" WHERE id = ${poolId}::uuid AND "shopId" = ${shopId}::uuid FOR KEY SHARE`;
    if (!pool) return { kind: "refused", reason: "unknown_pool" };
    if (pool.rule === null) return { kind: "refused", reason: "no_rule" };

    const rule = KeyRule.parse(pool.rule);
    const room = await roomIn(tx, poolId, rule);
    if (count > room) return { kind: "refused", reason: "too_many", room };

    const { made } = await makeKeys(tx, { shopId, poolId, rule, for: count });
    if (made < count) throw new Error(`Only ${made} of ${count} keys could be made`);
    // Only now: an order that finds the pool empty waits for whoever holds it.
    await lockPool(tx, shopId, poolId);
    const served = await serveWaiting(tx, { shopId, poolId, now });

    const data = { poolId, pool: pool.name, added: count, served: served.length };
    await recordAudit(tx, { shopId, actor, action: "keys_generated", data });
    return { kind: "generated", count, served: served.length };
  };
  return inTransaction(work, { timeoutMs: TRANSACTION_TIMEOUT_MS });
}

/** How many more keys a pool may hold by a rule. */
export async function roomIn(tx: Tx, poolId: string, rule: KeyRule): Promise<number> {
  const held = await tx.poolKey.count({ where: { poolId } });
  return Math.max(0, mostKeys(rule) - held);
}

/** Else two that make keys at once would not count each other's, and a rule be changed without those that it just makes. */
export async function queueToMakeKeys(tx: Tx, poolId: string) {
  await tx.$queryRaw`SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(${`generate keys ${poolId}`}, 0))`;
}
