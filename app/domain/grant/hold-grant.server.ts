import type { Tx } from "~/db.server";

/** A grant with what decides about it. */
export type HeldGrant = NonNullable<Awaited<ReturnType<typeof readGrant>>>;

/**
 * Reads a grant and holds its order until `tx` ends, as everything does that changes an order's grants:
 * a person and a webhook take turns.
 *
 * @returns null when the shop has no such grant.
 */
export async function holdGrant(tx: Tx, shopId: string, grantId: string): Promise<HeldGrant | null> {
  const held = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "Order" WHERE "shopId" = ${shopId}::uuid
      AND id = (SELECT "orderId" FROM "Grant" WHERE id = ${grantId}::uuid AND "shopId" = ${shopId}::uuid)
    FOR NO KEY UPDATE`;
  return held.length === 0 ? null : readGrant(tx, shopId, grantId);
}

function readGrant(tx: Tx, shopId: string, grantId: string) {
  return tx.grant.findFirst({
    where: { id: grantId, shopId },
    include: {
      order: { select: { id: true, name: true, financialStatus: true, isFree: true, cancelledAt: true } },
      line: { select: { title: true, currentQuantity: true } },
      attachment: { select: { keysPerUnit: true } },
      asset: { select: { title: true, kind: true } },
      poolKey: { select: { id: true, keyEnd: true, expiresAt: true } },
    },
  });
}

/** What a line of the audit says of a grant: names, never a key. */
export function auditOf(grant: HeldGrant) {
  const title = grant.asset?.title ?? grant.line.title;
  return { orderId: grant.orderId, grantId: grant.id, data: { count: 1, order: grant.order.name, title } };
}
