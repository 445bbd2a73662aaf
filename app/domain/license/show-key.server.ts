import { validate as isUuid } from "uuid";
import { inTransaction, type Tx } from "~/db.server";
import { recordAudit } from "~/domain/audit/record.server";
import { auditOf, holdGrant } from "~/domain/grant/hold-grant.server";
import { entitles, type AnyProof } from "~/domain/order/entitled-order.server";
import { licenseEndOf } from "./license";
import { exposeKeys } from "./expose-keys.server";

export type ShowKeyInput = { shopId: string; grantId: string; proof: AnyProof; now: Date };

export type ShowKeyRefusal = "not_found" | "waiting" | "held" | "revoked" | "expired";

export type ShowKeyResult = { kind: "shown"; key: string } | { kind: "refused"; reason: ShowKeyRefusal };

/**
 * Shows a key to its customer, who asked for it. The first time is kept: from then on the key counts as seen.
 *
 * Who asks waits for whoever changes the order's grants at the moment: a key that went back to its pool unseen
 * is not shown, and one that was shown does not go back.
 *
 * @param now  a grant expires at, not after, `expiresAt`
 */
export function showKey({ shopId, grantId, proof, now }: ShowKeyInput): Promise<ShowKeyResult> {
  return inTransaction(async (tx) => {
    const grant = isUuid(grantId) ? await holdGrant(tx, shopId, grantId) : null;
    if (!grant?.poolId || !(await isTheirs(tx, proof, grant.orderId))) return refused("not_found");
    if (grant.state !== "active") return refused(grant.state);
    const end = licenseEndOf({ keyExpiresAt: grant.poolKey?.expiresAt ?? null, grant: { ...grant, units: 1 } });
    if (end && end <= now) return refused("expired");

    const key = (await exposeKeys(tx, { shopId, grantIds: [grantId], now })).get(grantId);
    if (key === undefined) return refused("waiting");

    const { count } = await tx.grant.updateMany({
      where: { id: grantId, shopId, shownAt: null },
      data: { shownAt: now },
    });
    if (count > 0) await recordAudit(tx, { shopId, actor: "customer", action: "key_claimed", ...auditOf(grant) });
    return { kind: "shown", key };
  });
}

async function isTheirs(tx: Tx, proof: AnyProof, orderId: string): Promise<boolean> {
  const order = await tx.order.findUnique({
    where: { id: orderId },
    select: { id: true, customerId: true, checkoutTokenHash: true },
  });
  return order !== null && entitles(proof, order);
}

function refused(reason: ShowKeyRefusal) {
  return { kind: "refused", reason } as const;
}
