import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { auditOf, holdGrant, type HeldGrant } from "./hold-grant.server";

const DAY_MS = 86_400_000;

/** What of a grant can be extended; null: it has no end, or no limit. */
export type GrantTerms = { expiresAt: Date | null; downloadLimit: number | null };

export type ExtendGrantInput = {
  shopId: string;
  grantId: string;
  /** More days of access; 0: none. */
  days: number;
  /** More downloads; 0: none. */
  downloads: number;
  /** The terms the person saw when asking: the same request sent twice extends once. */
  seen: GrantTerms;
  actor: AuditActor;
  now: Date;
};

export type ExtendRefusal = "unknown_grant" | "revoked" | "changed_meanwhile" | "nothing_to_extend";

export type ExtendGrantResult = ({ kind: "extended" } & GrantTerms) | { kind: "refused"; reason: ExtendRefusal };

/**
 * Gives a grant more time, more downloads, or both.
 *
 * Days count from its end, or from now when that has passed. What has no end or no limit stays so.
 *
 * @returns the new terms. `nothing_to_extend` when they would be what they are.
 */
export function extendGrant(input: ExtendGrantInput): Promise<ExtendGrantResult> {
  const { shopId, grantId, days, downloads, actor } = input;

  return inTransaction(async (tx) => {
    const grant = await holdGrant(tx, shopId, grantId);
    if (!grant) return { kind: "refused", reason: "unknown_grant" };
    if (grant.state === "revoked") return { kind: "refused", reason: "revoked" };
    if (!isSame(grant, input.seen)) return { kind: "refused", reason: "changed_meanwhile" };

    const terms = extended(grant, input);
    if (isSame(grant, terms)) return { kind: "refused", reason: "nothing_to_extend" };

    await tx.grant.update({ where: { id: grantId }, data: terms });
    const audit = auditOf(grant);
    const data = { ...audit.data, days, downloads };
    await recordAudit(tx, { shopId, actor, action: "extended", ...audit, data });
    return { kind: "extended", ...terms };
  });
}

function extended(grant: HeldGrant, { days, downloads, now }: ExtendGrantInput): GrantTerms {
  const from = Math.max(grant.expiresAt?.getTime() ?? 0, now.getTime());
  return {
    expiresAt: grant.expiresAt && days > 0 ? new Date(from + days * DAY_MS) : grant.expiresAt,
    downloadLimit: grant.downloadLimit === null ? null : grant.downloadLimit + downloads,
  };
}

function isSame(a: GrantTerms, b: GrantTerms): boolean {
  return a.expiresAt?.getTime() === b.expiresAt?.getTime() && a.downloadLimit === b.downloadLimit;
}
