import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { auditOf } from "./audit-of";
import { holdActivation } from "./hold-activation.server";
import { machineText } from "./machine";

export type SuspendActivationInput = {
  shopId: string;
  activationId: string;
  /** Or else it may go on. */
  suspend: boolean;
  actor: AuditActor;
  now: Date;
};

export type SuspendActivationResult =
  { kind: "suspended" | "resumed" } | { kind: "refused"; reason: "unknown_machine" };

/** Lets a machine not use its license for a while, or again: it keeps its place. */
export function suspendActivation(input: SuspendActivationInput): Promise<SuspendActivationResult> {
  const { shopId, activationId, suspend, actor, now } = input;

  return inTransaction(async (tx) => {
    const held = await holdActivation(tx, shopId, activationId);
    if (!held || held.activation.blockedAt) return { kind: "refused", reason: "unknown_machine" };

    const { count } = await tx.activation.updateMany({
      where: { id: activationId, suspendedAt: suspend ? null : { not: null } },
      data: { suspendedAt: suspend ? now : null },
    });
    const action = suspend ? "activation_suspended" : "activation_resumed";
    const audit = auditOf(held.license, machineText(held.activation));
    if (count > 0) await recordAudit(tx, { shopId, actor, action, ...audit });
    return { kind: suspend ? "suspended" : "resumed" };
  });
}
