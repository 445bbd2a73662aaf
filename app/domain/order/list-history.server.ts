import type { Prisma } from "@prisma/client";
import { db } from "~/db.server";
import type { AuditAction } from "~/domain/audit/actions";

/** Something that happened to an order: a line of its audit, or a download that was counted, repeated or refused. */
export type HistoryEntry = {
  id: string;
  at: Date;
  actor: string;
  /** The person's or token's name, as it was then. */
  actorName: string | null;
  /** One of the audit's actions; typed as text, since older ones may have gone from the list. */
  action: string;
  data: Prisma.JsonValue;
  /** From where and with what, where that is known. */
  ip: string | null;
  userAgent: string | null;
};

/** What happened to an order, newest first. */
export async function listHistory(shopId: string, orderId: string, limit: number): Promise<HistoryEntry[]> {
  const [audited, downloads] = await Promise.all([
    db.auditEntry.findMany({
      where: { shopId, orderId },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: limit,
    }),
    db.download.findMany({
      where: { shopId, grant: { orderId } },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: limit,
      include: { grant: { select: { asset: { select: { title: true } } } } },
    }),
  ]);
  const acts = audited.map(({ id, at, actor, actorName, action, data, ip, userAgent }) => {
    return { id, at, actor, actorName, action, data, ip, userAgent };
  });
  const fetched = downloads.map(({ id, at, ip, userAgent, outcome, grant }): HistoryEntry => {
    const action: AuditAction = outcome === "started" || outcome === "repeated" ? "downloaded" : "refused";
    const data = { title: grant.asset?.title ?? null, reason: outcome };
    return { id, at, actor: "customer", actorName: null, action, data, ip, userAgent };
  });
  return [...acts, ...fetched].sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, limit);
}
