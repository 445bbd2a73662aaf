import type { Order } from "@prisma/client";
import type { Tx } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { covers, reach, type StandingAttachment } from "~/domain/grant/grants-wanted";
import { enqueue } from "~/jobs/enqueue.server";
import { attachmentsOf } from "./attachments-of.server";
import { isPaid } from "./order-facts";
import { settleGrants } from "./settle-grants.server";

/** What Shopify shows an app of the past without a further approval (`read_all_orders`). */
const SHOWN_MS = 60 * 86_400_000;

export type AlsoGiveInput = {
  shopId: string;
  orderId: string;
  attachmentIds: string[];
  /** Whether the customer is written to. */
  tellsCustomer: boolean;
  actor: AuditActor;
  now: Date;
};

export type AlsoGiveResult =
  | { kind: "given"; granted: number; waiting: number }
  /** Shopify is asked for the order's risk first; what it says decides. */
  | { kind: "asked" }
  /** It is not paid, or was given all of it already. */
  | { kind: "nothing" };

/**
 * Gives attachments to an order that was paid before they stood, as the order would have been given them: from now
 * on they reach it, so that its refunds and edits count for them too.
 *
 * Takes the order's lock; called twice, it gives once.
 */
export async function alsoGive(tx: Tx, input: AlsoGiveInput): Promise<AlsoGiveResult> {
  const { shopId, orderId, tellsCustomer, actor, now } = input;
  const [order] = await tx.$queryRaw<Order[]>`
    SELECT * FROM "Order" WHERE "id" = ${orderId}::uuid AND "shopId" = ${shopId}::uuid FOR NO KEY UPDATE`;
  if (!order?.paidAt || !isPaid(order)) return { kind: "nothing" };

  const { paidAt, riskLevel } = order;
  const lines = await tx.orderLine.findMany({ where: { orderId } });
  const before = await attachmentsOf(tx, { shopId, orderId, lines });
  const toGive = before.filter((attachment) => {
    const isMeant = input.attachmentIds.includes(attachment.id) && isTooLate(attachment, paidAt);
    return isMeant && lines.some((line) => line.currentQuantity > 0 && covers(attachment, line));
  });
  if (toGive.length === 0) return { kind: "nothing" };

  const rows = toGive.map(({ id: attachmentId }) => ({ orderId, attachmentId, tellsCustomer, createdAt: now }));
  await tx.alsoGiven.createMany({ data: rows, skipDuplicates: true });
  const policy = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  if (policy.holdHighRisk && riskLevel === null && now.getTime() - order.processedAt.getTime() < SHOWN_MS) {
    const payload = { shopId, shopifyId: order.shopifyId };
    await enqueue(tx, "reconcile_order", payload, `reconcile_order:${shopId}:${order.shopifyId}`);
    return { kind: "asked" };
  }
  const attachments = await attachmentsOf(tx, { shopId, orderId, lines });
  const reaching = attachments.filter((attachment) => reach(attachment, { from: paidAt, to: paidAt }) === "yes");
  const present = await tx.grant.findMany({ where: { orderId } });
  const applied = await settleGrants(tx, {
    ...{
      order,
      facts: order,
      paidUnits: null,
      isNowAddressed: false,
      riskLevel,
      lines,
      reaching,
      present,
      policy,
      paidAt,
      actor,
      now,
    },
  });
  const { granted, waiting } = applied ?? { granted: 0, waiting: 0 };
  return granted + waiting > 0 ? { kind: "given", granted, waiting } : { kind: "nothing" };
}

/** It stands, came after the payment and was not given to this order before. */
function isTooLate({ createdAt, detachedAt, alsoGiven }: StandingAttachment, paidAt: Date): boolean {
  const isAfter = Math.floor(createdAt.getTime() / 1000) * 1000 > paidAt.getTime();
  return detachedAt === null && alsoGiven === null && isAfter;
}
