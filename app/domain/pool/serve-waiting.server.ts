import type { Tx } from "~/db.server";
import type { AuditAction, AuditActor } from "~/domain/audit/actions";
import { createDeliveries } from "~/domain/delivery/create-deliveries.server";
import { claimKeys } from "./claim-keys.server";

const BATCH = 1_000;

export type ServeWaitingInput = { shopId: string; poolId: string; now?: Date };

/**
 * Gives a pool's keys to the grants that wait for them, first come, first served, and has each order's
 * customer told once.
 *
 * The caller holds the pool (`lockPool`) since before it added keys. Waiting grants are locked
 * after the pool, as everywhere (see `claimKeys`).
 *
 * @returns the ids of the grants served, now `active`, oldest first.
 */
export async function serveWaiting(tx: Tx, input: ServeWaitingInput): Promise<string[]> {
  const { shopId, poolId, now = new Date() } = input;
  const served: string[] = [];
  const orderIds = new Set<string>();
  for (;;) {
    const waiting = await tx.$queryRaw<{ id: string; orderId: string }[]>`
      SELECT id, "orderId" FROM "Grant"
      WHERE "poolId" = ${poolId}::uuid AND "shopId" = ${shopId}::uuid AND state = 'waiting'
      ORDER BY "createdAt", id
      LIMIT ${BATCH}
      FOR NO KEY UPDATE`;
    const grantIds = await claimKeys(tx, { shopId, poolId, grantIds: waiting.map(({ id }) => id) });
    if (grantIds.length === 0) break;

    await tx.grant.updateMany({ where: { id: { in: grantIds }, shopId }, data: { state: "active" } });
    await recordServed(tx, { shopId, poolId }, waiting.slice(0, grantIds.length));
    for (const { orderId } of waiting.slice(0, grantIds.length)) orderIds.add(orderId);
    served.push(...grantIds);
  }
  await createDeliveries(tx, { shopId, orderIds: [...orderIds], kind: "keys_arrived", now });
  return served;
}

/** One statement for all: an import may serve thousands inside its transaction. */
async function recordServed(tx: Tx, { shopId, poolId }: ServeWaitingInput, grants: { id: string; orderId: string }[]) {
  const entry = {
    shopId,
    actor: "worker" satisfies AuditActor,
    action: "served" satisfies AuditAction,
    data: { poolId },
  };
  await tx.auditEntry.createMany({ data: grants.map(({ id, orderId }) => ({ ...entry, orderId, grantId: id })) });
}
