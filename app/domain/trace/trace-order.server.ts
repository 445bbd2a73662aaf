import type { Attachment, Delivery, Grant, Order, OrderLine } from "@prisma/client";
import { db } from "~/db.server";
import { checksOf } from "~/domain/download/gate";
import { covers, reach } from "~/domain/grant/grants-wanted";
import { listGrantRows, type GrantRow } from "~/domain/grant/list-grant-rows.server";
import { isPaid } from "~/domain/order/order-facts";
import { decidedBy, grouped, type OrderTrace, type TracedThing, type TraceStep } from "./trace";

type Given = Attachment & { asset: { title: string } | null; pool: { name: string } | null };

/**
 * Why the customer of an order can or cannot have what it gave, and why it did not give what its products give
 * now: every check in order, with the one that decides, by the very code that refuses a download.
 *
 * @returns null when the shop has no such order.
 */
export async function traceOrder(shopId: string, orderId: string, now: Date): Promise<OrderTrace | null> {
  const order = await db.order.findFirst({
    where: { id: orderId, shopId },
    include: {
      lines: { orderBy: { shopifyId: "asc" } },
      grants: true,
      deliveries: { orderBy: { createdAt: "asc" } },
    },
  });
  if (!order) return null;

  const [rows, attachments] = await Promise.all([listGrantRows(shopId, [orderId]), attachmentsOf(shopId, order.lines)]);
  const grants = new Map(order.grants.map((grant) => [grant.id, grant]));
  const given = rows.map((row) => givenThing(order, row, grants.get(row.id), attachments, now));
  const missing = order.lines.flatMap((line) => missingThings(order, line, attachments));
  const inOrder = order.lines.flatMap(({ id }) => [...given, ...missing].filter((thing) => thing.lineId === id));

  const things = grouped(inOrder.map(({ lineId: _, ...thing }) => thing));
  return { order: order.name, shopifyId: order.shopifyId, tracedAt: now, things, told: toldOf(order.deliveries) };
}

type LinesOrder = Order & { lines: OrderLine[]; grants: Grant[] };
type PlacedThing = TracedThing & { lineId: string };

function attachmentsOf(shopId: string, lines: OrderLine[]): Promise<Given[]> {
  const productIds = [...new Set(lines.flatMap(({ productId }) => (productId ? [productId] : [])))];
  return db.attachment.findMany({
    where: { shopId, productId: { in: productIds } },
    include: { asset: { select: { title: true } }, pool: { select: { name: true } } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

function givenThing(
  order: LinesOrder,
  row: GrantRow,
  grant: Grant | undefined,
  attachments: Given[],
  now: Date,
): PlacedThing {
  const line = order.lines.find(({ id }) => id === row.lineId);
  const attachment = attachments.find(({ id }) => id === row.attachmentId);
  const steps = [
    knownStep(order),
    { ...paidStep(order), passed: true }, // it was when this was given; what came of it since, the gate knows
    { check: "attached" as const, passed: true, detail: attachment ? sinceWhen(attachment) : "Given by the product" },
    { check: "granted" as const, passed: true, detail: `Granted at ${grant?.createdAt.toISOString() ?? "?"}` },
    ...checksOf(row, now)
      .filter(({ check }) => row.gives !== "key" || !ofFiles.has(check))
      .map((step) =>
        step.check === "revoked" && grant ? { ...step, detail: revokedDetail(step.detail, grant) } : step,
      ),
  ];
  return { lineId: row.lineId, ...thing(lineTitle(line), row.title, 1, steps) };
}

const ofFiles = new Set<string>(["stream_only", "file_not_ready", "limit_reached"]);

function revokedDetail(detail: string, { revokedAt, revokedBy }: Grant): string {
  if (!revokedAt) return detail;
  const reason = revokedBy === "person" ? "by a person" : "because the order no longer pays for it";
  return `${detail} at ${revokedAt.toISOString()} ${reason}`;
}

/** What a line's product gives or gave, and this order was not given. */
function missingThings(order: LinesOrder, line: OrderLine, attachments: Given[]): PlacedThing[] {
  const basis = [knownStep(order), paidStep(order), unitsStep(line)];
  const without = (detail: string): PlacedThing => {
    const steps = [...basis, { check: "attached" as const, passed: false, detail }];
    return { lineId: line.id, ...thing(lineTitle(line), lineTitle(line), 0, steps) };
  };
  const granted = order.grants.filter(({ lineId }) => lineId === line.id);
  const candidates = attachments.filter(({ productId }) => productId === line.productId);
  if (!line.productId && granted.length === 0)
    return [without("A custom item, or of a product deleted before the sale was seen")];
  if (candidates.length === 0 && granted.length === 0) return [without("Nothing was ever attached to this product")];

  return candidates
    .filter(({ id }) => granted.every(({ attachmentId }) => attachmentId !== id))
    .filter(({ assetId, poolId }) => granted.every((grant) => grant.assetId !== assetId || grant.poolId !== poolId))
    .map((attachment) => {
      const steps = [...basis, ...attachedSteps(order, line, attachment)];
      const title = attachment.asset?.title ?? attachment.pool?.name ?? lineTitle(line);
      return { lineId: line.id, ...thing(lineTitle(line), title, 0, steps) };
    });
}

function attachedSteps(order: Order, line: OrderLine, attachment: Given): TraceStep[] {
  const detail = whyNotReached(order, line, attachment);
  if (detail) return [{ check: "attached", passed: false, detail }];
  return [
    { check: "attached", passed: true, detail: sinceWhen(attachment) },
    {
      check: "granted",
      passed: false,
      detail: isPaid(order)
        ? "Not granted yet: Featherpost reads the order again by itself within minutes"
        : "An edit added it and it is not paid yet: it is given once Shopify says that the order is paid in full",
    },
  ];
}

function whyNotReached(order: Order, line: OrderLine, attachment: Given): string | null {
  if (!covers(attachment, line)) return "It is given with another variant only";
  const moment = order.paidAt;
  if (!moment || reach(attachment, { from: moment, to: moment }) === "yes") return null;
  return attachment.createdAt > moment
    ? `It was attached at ${attachment.createdAt.toISOString()}, after the order was paid`
    : `It was detached at ${attachment.detachedAt?.toISOString() ?? "?"}, before the order was paid`;
}

function sinceWhen({ variantId, createdAt }: Attachment): string {
  return `Given by the ${variantId ? "variant" : "product"}; attached at ${createdAt.toISOString()}`;
}

function knownStep({ updatedAt }: Order): TraceStep {
  return { check: "known", passed: true, detail: `Known as Shopify had it at ${updatedAt.toISOString()}` };
}

const TAKEN = new Set(["refunded", "voided"]);

function paidStep({ paidAt, financialStatus, cancelledAt }: Order): TraceStep {
  const status = financialStatus.replaceAll("_", " ");
  if (cancelledAt) return { check: "paid", passed: false, detail: `Cancelled at ${cancelledAt.toISOString()}` };
  if (!paidAt) return { check: "paid", passed: false, detail: notPaid(financialStatus) };
  return {
    check: "paid",
    passed: !TAKEN.has(financialStatus),
    detail: `Paid at ${paidAt.toISOString()}; Shopify says it is ${status}`,
  };
}

function notPaid(financialStatus: string): string {
  if (financialStatus === "partially_paid")
    return "Paid in part only: what is not known to be paid for is given once Shopify says that it is paid in full";
  return `Not paid: Shopify says it is ${financialStatus.replaceAll("_", " ")}`;
}

function unitsStep({ quantity, currentQuantity }: OrderLine): TraceStep {
  const detail = `${currentQuantity} of ${quantity} units are left after refunds and edits`;
  return { check: "units", passed: currentQuantity > 0, detail };
}

function lineTitle(line: Pick<OrderLine, "title" | "variantTitle"> | undefined): string {
  if (!line) return "a line";
  return line.variantTitle ? `${line.title} (${line.variantTitle})` : line.title;
}

function thing(line: string, title: string, grants: number, steps: TraceStep[]): TracedThing {
  return { line, title, grants, steps, decidedBy: decidedBy(steps) };
}

function toldOf(deliveries: Delivery[]): string[] {
  if (deliveries.length === 0) return ["The customer was not written to: there was nothing to tell"];
  return deliveries.map(({ kind, state, sentAt, problem, attempts }) => {
    const message = `Message “${kind.replaceAll("_", " ")}”`;
    if (state === "sent") return `${message}: sent at ${sentAt?.toISOString() ?? "?"}`;
    if (state === "unaddressed") return `${message}: not sent, the order has no email address`;
    return `${message}: ${state} after ${attempts} attempts${problem ? "; the mail server's answer is with the order" : ""}`;
  });
}
