import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { auditOf } from "./audit-of";
import { holdActivation } from "./hold-activation.server";
import { machineText } from "./machine";

export type RemoveActivationInput = { shopId: string; activationId: string; actor: AuditActor };

export type RemoveActivationResult =
  /** With what it takes to give the place back. */
  { kind: "removed"; fingerprint: string; name: string | null } | { kind: "refused"; reason: "unknown_machine" };

/** Takes the place of a machine away on the merchant's word; it may activate again where there is one. */
export function removeActivation({
  shopId,
  activationId,
  actor,
}: RemoveActivationInput): Promise<RemoveActivationResult> {
  return inTransaction(async (tx) => {
    const held = await holdActivation(tx, shopId, activationId);
    if (!held || held.activation.blockedAt) return { kind: "refused", reason: "unknown_machine" };

    const { fingerprint, name } = held.activation;
    await tx.activation.delete({ where: { id: activationId } });
    const audit = auditOf(held.license, machineText(held.activation));
    await recordAudit(tx, { shopId, actor, action: "activation_removed", ...audit });
    return { kind: "removed", fingerprint, name };
  });
}
