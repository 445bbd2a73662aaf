import type { AuditAction } from "~/domain/audit/actions";
import { db } from "~/db.server";
import type { Prisma } from "@prisma/client";

/** Something that happened: a line of the audit, or a file that was fetched or refused. */
export type Activity = {
  id: string;
  at: Date;
  actor: string;
  /** The person's or token's name, as it was then. */
  actorName: string | null;
  /** One of the audit's actions; typed as text, since older ones may have gone from the list. */
  action: string;
  data: Prisma.JsonValue;
  order: { id: string; name: string } | null;
};

/** What happened lately, newest first. */
export async function listActivity(shopId: string, limit: number): Promise<Activity[]> {
  const [audited, downloads] = await Promise.all([listAudited(shopId, limit), listDownloads(shopId, limit)]);

  return [...audited, ...downloads].sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, limit);
}

async function listAudited(shopId: string, limit: number): Promise<Activity[]> {
  const entries = await db.auditEntry.findMany({
    where: { shopId },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: limit,
  });
  const orderIds = entries.flatMap(({ orderId }) => (orderId ? [orderId] : []));
  const orders = await db.order.findMany({
    where: { shopId, id: { in: orderIds } },
    select: { id: true, name: true },
  });
  const byId = new Map(orders.map((order) => [order.id, order]));

  return entries.map(({ id, at, actor, actorName, action, data, orderId }) => {
    return { id, at, actor, actorName, action, data, order: (orderId && byId.get(orderId)) || null };
  });
}

async function listDownloads(shopId: string, limit: number): Promise<Activity[]> {
  const downloads = await db.download.findMany({
    where: { shopId },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: limit,
    select: {
      id: true,
      at: true,
      outcome: true,
      grant: { select: { asset: { select: { title: true } }, order: { select: { id: true, name: true } } } },
    },
  });

  return downloads.map(({ id, at, outcome, grant }) => {
    const action: AuditAction = outcome === "started" || outcome === "repeated" ? "downloaded" : "refused";
    const data = { title: grant.asset?.title ?? null, reason: outcome };
    return { id, at, actor: "customer", actorName: null, action, data, order: grant.order };
  });
}
