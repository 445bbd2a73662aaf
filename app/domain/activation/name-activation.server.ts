import { inTransaction } from "~/db.server";
import type { Requester } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import type { AnyProof } from "~/domain/order/entitled-order.server";
import { auditOf } from "./audit-of";
import { isTheirs } from "./free-activation.server";
import { holdActivation } from "./hold-activation.server";

export type NameActivationInput = {
  shopId: string;
  activationId: string;
  /** As `MachineName` lets it through. */
  name: string;
  proof: AnyProof;
  caller: Omit<Requester, "id">;
  now: Date;
};

export type NameActivationResult = { kind: "named" } | { kind: "refused"; reason: "not_found" };

/** Names a machine as its customer calls it. */
export function nameActivation(input: NameActivationInput): Promise<NameActivationResult> {
  const { shopId, activationId, name, proof, caller, now } = input;

  return inTransaction(async (tx) => {
    const held = await holdActivation(tx, shopId, activationId);
    if (!held || !(await isTheirs(tx, held, proof, now))) return { kind: "refused", reason: "not_found" };
    if (held.activation.name === name) return { kind: "named" };

    await tx.activation.update({ where: { id: activationId }, data: { name } });
    const actor: Requester = { id: "customer", ...caller };
    await recordAudit(tx, { shopId, actor, action: "activation_named", ...auditOf(held.license, name) });
    return { kind: "named" };
  });
}
