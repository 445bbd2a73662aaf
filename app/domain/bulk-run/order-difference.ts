import { grantChanges, type PresentGrant } from "~/domain/grant/grant-changes";
import { endOf, updatesEndAfter } from "~/domain/grant/grant-terms";
import {
  grantsWanted,
  reach,
  type StandingAttachment,
  type WantedGrants,
  type WantedLine,
} from "~/domain/grant/grants-wanted";
import { isPaid, type OrderFacts } from "~/domain/order/order-facts";
import type { OrderDifference } from "./run-report";

/** A grant as it stands. */
export type StandingGrant = PresentGrant & {
  assetId: string | null;
  revokedAt: Date | null;
  downloadLimitPerUnit: number | null;
  expiresAt: Date | null;
  versionId: string | null;
  updatesUntil: Date | null;
  /** A person gave it more time or more downloads: no policy decides about these any more. */
  isExtended: boolean;
};

export type StandingOrder = Pick<OrderFacts, "financialStatus" | "isFree" | "cancelledAt"> & {
  paidAt: Date | null;
  riskLevel: string | null;
  releasedAt: Date | null;
  lines: WantedLine[];
  grants: StandingGrant[];
};

export type Rules = { refundRevokes: boolean; holdHighRisk: boolean };

/**
 * What of an order would be other than it stands, had these rules and these attachments been there when it was paid.
 *
 * @param attachments  of its products, under the policy that is tried
 */
export function orderDifference(
  order: StandingOrder,
  attachments: StandingAttachment[],
  rules: Rules,
): OrderDifference {
  const { paidAt, grants } = order;
  const none: OrderDifference = { more: 0, less: 0, limits: 0, ends: 0, versions: 0, hold: null };
  if (!paidAt) return none;
  if (order.financialStatus === "refunded" && !order.cancelledAt) return { ...none, ...ofRefund(grants, rules) };
  if (!isPaid(order)) return none;

  const reaching = attachments.filter((attachment) => reach(attachment, { from: paidAt, to: paidAt }) === "yes");
  const wanted = grantsWanted(order, order.lines, reaching);
  const isHeld = grants.some(({ state }) => state === "held");
  const wouldBeHeld = rules.holdHighRisk && order.riskLevel === "high" && !order.releasedAt && wanted.length > 0;
  const changes = grantChanges(wanted, grants, { isHeld: wouldBeHeld, addsNothing: false });
  const staying = grants.filter(({ id, state }) => state !== "revoked" && !changes.revoke.includes(id));
  const terms = staying.map((grant) => otherTerms(grant, wanted.find(isOf(grant)), paidAt));
  return {
    more: changes.grant.length + changes.restore.length,
    less: changes.revoke.length,
    limits: terms.filter(({ limit }) => limit).length,
    ends: terms.filter(({ end }) => end).length,
    versions: terms.filter(({ version }) => version).length,
    hold: isHeld === wouldBeHeld ? null : wouldBeHeld ? "held" : "open",
  };
}

export function isDifferent({ hold, ...counts }: OrderDifference): boolean {
  return hold !== null || Object.values(counts).some((count) => count > 0);
}

/** What the refund itself took away, or would have. */
function ofRefund(grants: StandingGrant[], { refundRevokes }: Rules): Pick<OrderDifference, "more" | "less"> {
  const live = grants.filter(({ state }) => state !== "revoked").length;
  if (refundRevokes) return { more: 0, less: live };

  const taken = grants.filter(({ revokedBy }) => revokedBy === "order").map(({ revokedAt }) => revokedAt?.getTime());
  const last = Math.max(...taken.map((moment) => moment ?? 0));
  return { more: live > 0 ? 0 : taken.filter((moment) => moment === last).length, less: 0 };
}

function isOf({ lineId, attachmentId }: StandingGrant) {
  return (want: WantedGrants) => want.lineId === lineId && want.attachmentId === attachmentId;
}

function otherTerms(grant: StandingGrant, want: WantedGrants | undefined, paidAt: Date) {
  if (!want) return { limit: false, end: false, version: false };

  const isEndOther =
    grant.expiresAt?.getTime() !== endOf(paidAt, want.accessDays, want.keyTerms?.validUntil ?? null)?.getTime();
  return {
    limit: !grant.isExtended && grant.downloadLimitPerUnit !== want.downloadLimitPerUnit,
    end: !grant.isExtended && isEndOther,
    version: grant.assetId !== null && isVersionOther(grant, want, paidAt),
  };
}

/** Links have no versions; a version bought before this one came is as good a pin as the one of today. */
function isVersionOther(grant: StandingGrant, want: WantedGrants, paidAt: Date): boolean {
  const isPinned = grant.versionId !== null;
  if (isPinned !== (want.versionId !== null)) return true;
  return isPinned && grant.updatesUntil?.getTime() !== updatesEndAfter(paidAt, want.updateMonths)?.getTime();
}
