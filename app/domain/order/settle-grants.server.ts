import type { Order } from "@prisma/client";
import type { Tx } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { createDelivery } from "~/domain/delivery/create-delivery.server";
import { applyChanges, type AppliedChanges } from "~/domain/grant/apply-changes.server";
import { grantChanges, type GrantChanges, type PresentGrant } from "~/domain/grant/grant-changes";
import { grantsWanted, type StandingAttachment, type WantedLine } from "~/domain/grant/grants-wanted";
import type { OrderFacts } from "./order-facts";

export type SettleInput = {
  /** The order as it was known before: what it was paid, how risky it was. */
  order: Order;
  /** How it stands now. */
  facts: Pick<OrderFacts, "financialStatus" | "isFree" | "cancelledAt">;
  /** Where more is owed than was paid: the units of each line that were; null: not known, or all. */
  paidUnits: Map<string, number> | null;
  /** "low", "medium", "high" or "none"; null while Shopify has not said. */
  riskLevel: string | null;
  lines: WantedLine[];
  /** Of the products on it, those that reach it. */
  reaching: StandingAttachment[];
  present: PresentGrant[];
  /** The order has an address now and had none before. */
  isNowAddressed: boolean;
  policy: { holdHighRisk: boolean; refundRevokes: boolean };
  paidAt: Date;
  actor: AuditActor;
  now: Date;
};

/**
 * Brings an order's grants to what it is owed, within the transaction that holds its lock: applies the difference,
 * writes the audit and, when the customer has something new to open or wait for, the delivery.
 *
 * @returns null when it was refunded in full and the shop lets the customer keep everything.
 */
export async function settleGrants(tx: Tx, input: SettleInput): Promise<AppliedChanges | null> {
  const { order, facts, paidUnits, lines, reaching, present, policy, paidAt, now } = input;
  if (facts.financialStatus === "refunded" && !policy.refundRevokes && !facts.cancelledAt) return null;

  const isHeld = holds(input);
  const addsNothing = paidUnits === null && owesMore(facts, order);
  const standing = addsNothing || paidUnits ? { ...facts, financialStatus: "paid" } : facts;
  const owed = paidUnits ? lines.map((line) => paidPart(line, paidUnits)) : lines;
  const changes = grantChanges(grantsWanted(standing, owed, reaching), present, { isHeld, addsNothing });
  const applied = await applyChanges(tx, order, changes, { paidAt, isHeld, now });
  await tell(tx, input, { applied, isHeld, isQuiet: isQuiet(changes, reaching) });
  return applied;
}

/**
 * Whether the order waits for a person. One that is held stays so while it is risky, whatever the shop's policy
 * says now; one that was delivered before the shop began to hold is held only when its risk rises after that.
 */
function holds({ order, riskLevel, present, policy }: SettleInput): boolean {
  if (riskLevel !== "high" || order.releasedAt) return false;
  if (present.some(({ state }) => state === "held")) return true;

  const isOpen = present.some(({ state }) => state === "active" || state === "waiting");
  return policy.holdHighRisk && (!isOpen || order.riskLevel !== "high");
}

/** An edit added to a paid order and is not paid yet: what was paid for stays. */
function owesMore(facts: SettleInput["facts"], order: Order): boolean {
  return facts.financialStatus === "partially_paid" && order.paidAt !== null && !facts.cancelledAt;
}

function paidPart(line: WantedLine, paidUnits: Map<string, number>): WantedLine {
  return { ...line, currentQuantity: Math.min(line.currentQuantity, paidUnits.get(line.id) ?? 0) };
}

/** All that is new was given to past orders by a merchant who did not want their customers written to. */
function isQuiet({ grant, restore, release }: GrantChanges, reaching: StandingAttachment[]): boolean {
  const quiet = new Set(reaching.filter(({ alsoGiven }) => alsoGiven?.tellsCustomer === false).map(({ id }) => id));
  return restore.length + release.length === 0 && grant.every(({ attachmentId }) => quiet.has(attachmentId));
}

type Told = { applied: AppliedChanges; isHeld: boolean; isQuiet: boolean };

async function tell(
  tx: Tx,
  { order, isNowAddressed, actor, now }: SettleInput,
  { applied, isHeld, isQuiet: isUntold }: Told,
) {
  const { waiting, ...counts } = { ...applied, granted: applied.granted + applied.waiting };
  for (const action of ["granted", "revoked", "restored", "held", "released"] as const) {
    if (counts[action] === 0) continue;
    const data = { count: counts[action], order: order.name, ...(action === "granted" && { waiting }) };
    await recordAudit(tx, { shopId: order.shopId, actor, action, orderId: order.id, data });
  }
  const hasNews = counts.granted + counts.restored + counts.released > 0;
  const isDue = (hasNews && !isUntold) || (isNowAddressed && (await waitsForAddress(tx, order)));
  if (!isDue || isHeld) return;
  await createDelivery(tx, { shopId: order.shopId, orderId: order.id, kind: "granted", now });
}

/** Whether its customer could not be written to for want of an address. */
async function waitsForAddress(tx: Tx, { id: orderId }: Order): Promise<boolean> {
  return (await tx.delivery.count({ where: { orderId, state: "unaddressed" } })) > 0;
}
