import { inTransaction, type Tx } from "~/db.server";
import type { Requester } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { licenseStateOf } from "~/domain/license/license";
import { entitles, type AnyProof } from "~/domain/order/entitled-order.server";
import { auditOf } from "./audit-of";
import { freesLeft, freesSince, type FreesLeft } from "./frees";
import { holdActivation, type HeldActivation } from "./hold-activation.server";
import { machineText } from "./machine";

export type FreeActivationInput = {
  shopId: string;
  activationId: string;
  proof: AnyProof;
  /** From where the customer asks. */
  caller: Omit<Requester, "id">;
  now: Date;
};

export type FreeRefusal =
  /** No such machine, not theirs, or its license is not theirs to use now. */
  | "not_found"
  /** The merchant suspended it: it keeps its place. */
  | "paused"
  /** The shop lets its customers free none. */
  | "frees_off"
  | "frees_used";

export type FreeActivationResult =
  { kind: "freed"; frees: FreesLeft } | { kind: "refused"; reason: FreeRefusal; frees: FreesLeft | null };

/**
 * Frees the place of one machine for its customer, who may do so a few times within 30 days.
 *
 * Those who free places of one license queue behind each other: the limit holds however many arrive at once, and
 * a place freed twice counts once.
 */
export function freeActivation({
  shopId,
  activationId,
  proof,
  caller,
  now,
}: FreeActivationInput): Promise<FreeActivationResult> {
  return inTransaction(async (tx) => {
    const held = await holdActivation(tx, shopId, activationId);
    if (!held || !(await isTheirs(tx, held, proof, now))) return refused("not_found");

    const { license, activation } = held;
    if (activation.suspendedAt) return refused("paused");
    const { freesPerMonth } = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
    if (freesPerMonth === 0) return refused("frees_off");

    const frees = await listFrees(tx, license.orderId, license.grantId, now);
    const before = freesLeft(frees, freesPerMonth, now);
    if (before.left === 0) return refused("frees_used", before);

    await tx.activation.delete({ where: { id: activation.id } });
    const actor: Requester = { id: "customer", ...caller };
    await recordAudit(tx, { shopId, actor, action: "activation_freed", ...auditOf(license, machineText(activation)) });
    return { kind: "freed", frees: freesLeft([...frees, now], freesPerMonth, now) };
  });
}

/** A blocked machine is not shown to the customer: it has no place. */
export async function isTheirs(
  tx: Tx,
  { license, activation }: HeldActivation,
  proof: AnyProof,
  now: Date,
): Promise<boolean> {
  if (activation.blockedAt || !license.orderId || licenseStateOf(license, now) !== "active") return false;
  const order = await tx.order.findUnique({ where: { id: license.orderId } });
  return order !== null && entitles(proof, order);
}

/** The audit knows when places were freed. */
async function listFrees(tx: Tx, orderId: string | null, grantId: string | null, now: Date): Promise<Date[]> {
  const entries = await tx.auditEntry.findMany({
    where: { orderId, grantId, action: "activation_freed", actor: "customer", at: { gt: freesSince(now) } },
    select: { at: true },
  });
  return entries.map(({ at }) => at);
}

function refused(reason: FreeRefusal, frees: FreesLeft | null = null) {
  return { kind: "refused", reason, frees } as const;
}
