import { isDeepStrictEqual } from "node:util";
import { Prisma, type Pool } from "@prisma/client";
import { inTransaction, type Tx } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { queueToMakeKeys, roomIn } from "./generate-keys.server";
import { KeyRule } from "./key-rule";
import { lockPool } from "./lock-pool.server";
import { serveWaiting } from "./serve-waiting.server";

/** An order is not asked how much room is left: a rule that makes keys on demand begins with room for so many more. */
const ROOM_ON_DEMAND = 1_000_000;

export type ChangeRuleInput = {
  shopId: string;
  poolId: string;
  /** null: the pool's keys are only imported. */
  rule: KeyRule | null;
  generatesOnDemand: boolean;
  actor: AuditActor;
  now: Date;
};

export type ChangeRuleRefusal = "unknown_pool" | "no_rule" | "too_small";

export type ChangeRuleResult = { kind: "changed"; served: number } | { kind: "refused"; reason: ChangeRuleRefusal };

/**
 * Says how a pool's keys are made from now on, and whether an order that finds too few has them made. Keys that
 * are there stay as they are; who waits is served at once by a pool that makes keys on demand.
 *
 * @returns `too_small` when keys are to be made on demand and the rule has no room for a million more.
 */
export function changeRule(input: ChangeRuleInput): Promise<ChangeRuleResult> {
  const { shopId, poolId, rule, generatesOnDemand, actor, now } = input;

  return inTransaction(async (tx) => {
    await queueToMakeKeys(tx, poolId);
    const pool = await lockPool(tx, shopId, poolId);
    if (!pool) return { kind: "refused", reason: "unknown_pool" };
    if (generatesOnDemand && !rule) return { kind: "refused", reason: "no_rule" };
    if (generatesOnDemand && rule && (await roomIn(tx, poolId, rule)) < ROOM_ON_DEMAND) {
      return { kind: "refused", reason: "too_small" };
    }

    const hasOtherKeys = pool.hasOtherKeys || (await outlives(tx, pool, rule));
    const data = { rule: rule ?? Prisma.DbNull, generatesOnDemand, hasOtherKeys };
    const stock = { inventoryProblem: null, inventorySet: null, inventorySetAt: null }; // to be set anew, or no more
    await tx.pool.update({ where: { id: poolId }, data: { ...data, ...stock } });
    await recordAudit(tx, { shopId, actor, action: "pool_changed", data: { poolId, pool: pool.name } });
    const served = generatesOnDemand ? await serveWaiting(tx, { shopId, poolId, now }) : [];
    return { kind: "changed", served: served.length };
  });
}

/** Whether keys may be there that a rule made which is now replaced. */
async function outlives(tx: Tx, { id: poolId, rule: earlier }: Pool, rule: KeyRule | null): Promise<boolean> {
  if (earlier === null || isDeepStrictEqual(KeyRule.parse(earlier), rule)) return false;
  return (await tx.poolKey.findFirst({ where: { poolId }, select: { id: true } })) !== null;
}
