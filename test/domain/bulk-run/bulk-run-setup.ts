import type { Prisma } from "@prisma/client";
import { db } from "~/db.server";
import { carryOnRun } from "~/domain/bulk-run/carry-on-run.server";
import { startDryRun } from "~/domain/bulk-run/start-dry-run.server";
import { startPastOrders } from "~/domain/bulk-run/start-past-orders.server";
import type { DryRunInput, WhichOrders } from "~/domain/bulk-run/run-input";
import type { OrderFacts } from "~/domain/order/order-facts";
import { reconcileOrder } from "~/domain/order/reconcile-order.server";
import { createAttachment, createPool, createShop } from "../../factories";
import { lineFacts, orderFacts } from "../../factories/order-facts";

export const PRODUCT = "gid://shopify/Product/1";
const paidAt = new Date("2026-01-15T12:00:00Z");
export const attachedAt = new Date("2026-03-01T00:00:00Z");
export const now = new Date("2026-03-02T00:00:00Z");

export const seconds = (after: number) => new Date(paidAt.getTime() + after * 1000);

type Given = {
  keys?: number;
  keysPerUnit?: number;
  policy?: Partial<Prisma.ShopCreateInput>;
  orders?: number;
  units?: number;
};

/** A shop that sold a product, and only later attached a file (or keys) to it. */
export async function shopThatSold({ keys, keysPerUnit, policy, orders = 1, units = 1 }: Given = {}) {
  const { id: shopId } = await createShop(policy);
  const sold: OrderFacts[] = [];
  for (let index = 0; index < orders; index++) {
    const facts = soldOrder(units);
    await reconcileOrder(shopId, facts);
    sold.push(facts);
  }
  const pool = keys === undefined ? null : await createPool({ shopId, keys });
  const given = pool ? { poolId: pool.id, keysPerUnit } : { shopId };
  const attachment = await createAttachment({ ...given, productId: PRODUCT, createdAt: attachedAt });
  return { shopId, attachmentId: attachment.id, attachment, poolId: pool?.id ?? "", sold };
}

export function soldOrder(units = 1, over: Partial<OrderFacts> = {}): OrderFacts {
  return orderFacts({ lines: [lineFacts({ productId: PRODUCT, quantity: units })], ...over });
}

export function fullyRefunded(facts: OrderFacts, at: Date): OrderFacts {
  const lines = facts.lines.map((line) => ({ ...line, currentQuantity: 0 }));
  return { ...facts, financialStatus: "refunded", updatedAt: at, lines };
}

type Wish = { which?: WhichOrders; tellsCustomers?: boolean };

export async function startGiving(
  shopId: string,
  attachmentIds: string[],
  { which = { kind: "all" }, tellsCustomers = true }: Wish = {},
): Promise<string> {
  const wish = { productId: PRODUCT, productTitle: "Guide", attachmentIds, which, tellsCustomers };
  const result = await startPastOrders({ shopId, wish, actor: "person:7", now: new Date() });
  if (result.kind === "refused") throw new Error(result.reason);
  return result.runId;
}

/** Starts giving and does all of it. */
export async function giveToPast(...input: Parameters<typeof startGiving>) {
  const runId = await startGiving(...input);
  await carryOnRun(runId);
  return db.bulkRun.findUniqueOrThrow({ where: { id: runId } });
}

/** Tries a proposal, and answers its report. */
export async function tryOut(shopId: string, proposal: DryRunInput) {
  const runId = await startDryRun({ shopId, proposal, actor: "person:7", now: new Date() });
  await carryOnRun(runId);
  return db.bulkRun.findUniqueOrThrow({ where: { id: runId } });
}

export function grantsOf(shopId: string) {
  return db.grant.findMany({
    where: { shopId },
    include: { poolKey: true },
    orderBy: [{ orderId: "asc" }, { unit: "asc" }],
  });
}
