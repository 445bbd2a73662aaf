import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { readKeys } from "./read-keys.server";

export type RevealKeyInput = { shopId: string; grantId: string; actor: AuditActor };

export type RevealKeyResult = { kind: "revealed"; key: string } | { kind: "refused"; reason: "no_key" };

/**
 * The text of a grant's key, for the merchant's eyes. That it was looked at is recorded; to the customer
 * it does not count as seen.
 *
 * @returns `no_key` when the shop has no such grant, or the grant holds no key.
 */
export function revealKey({ shopId, grantId, actor }: RevealKeyInput): Promise<RevealKeyResult> {
  return inTransaction(async (tx) => {
    const key = (await readKeys(tx, shopId, [grantId])).get(grantId);
    const grant = await tx.grant.findFirst({
      where: { id: grantId, shopId },
      select: { orderId: true, order: { select: { name: true } }, line: { select: { title: true } } },
    });
    if (key === undefined || !grant) return { kind: "refused", reason: "no_key" };

    const data = { order: grant.order.name, title: grant.line.title };
    await recordAudit(tx, { shopId, actor, action: "key_revealed", orderId: grant.orderId, grantId, data });
    return { kind: "revealed", key };
  });
}
