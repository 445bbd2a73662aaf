import type { Prisma } from "@prisma/client";
import { db } from "~/db.server";
import type { Evidence, EvidenceDownload, EvidenceGrant } from "./evidence";

const MAX_DOWNLOADS = 2_000;
const MAX_HISTORY = 2_000;

const withAll = {
  shop: { select: { domain: true, name: true } },
  lines: { orderBy: { shopifyId: "asc" } },
  grants: {
    orderBy: [{ createdAt: "asc" }, { unit: "asc" }, { id: "asc" }],
    include: {
      line: { select: { title: true, variantTitle: true } },
      asset: { select: { title: true, kind: true } },
      pool: { select: { name: true } },
      poolKey: { select: { keyEnd: true } },
    },
  },
  deliveries: { orderBy: [{ createdAt: "asc" }, { id: "asc" }] },
} satisfies Prisma.OrderInclude;

type Found = Prisma.OrderGetPayload<{ include: typeof withAll }>;

/**
 * Everything known of an order that shows what its customer was given and used.
 *
 * @returns null when the shop has no such order.
 */
export async function gatherEvidence(shopId: string, orderId: string, now: Date): Promise<Evidence | null> {
  const order = await db.order.findFirst({ where: { id: orderId, shopId }, include: withAll });
  if (!order) return null;

  const [downloads, count, history] = await Promise.all([
    listDownloads(shopId, orderId),
    db.download.count({ where: { shopId, grant: { orderId } } }),
    db.auditEntry.findMany({
      where: { shopId, orderId },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: MAX_HISTORY,
    }),
  ]);
  return {
    gatheredAt: now.toISOString(),
    shop: order.shop,
    order: orderPart(order),
    customer: { email: order.email, shopifyId: order.customerId },
    lines: order.lines.map(({ title, variantTitle: variant, sku, quantity, currentQuantity }) => {
      return { title, variant, sku, quantity, currentQuantity };
    }),
    grants: order.grants.map(grantPart),
    messages: order.deliveries.map(({ kind, state, address, createdAt, sentAt, attempts }) => {
      return {
        kind,
        state,
        to: address ?? order.email,
        createdAt: createdAt.toISOString(),
        sentAt: text(sentAt),
        attempts,
      };
    }),
    downloads,
    downloadsLeftOut: count - downloads.length,
    history: history
      .map(({ at, actor, actorName: name, action: what, data, ...from }) => {
        const { ip, userAgent } = actor === "customer" ? from : { ip: null, userAgent: null };
        return { at: at.toISOString(), actor, name, what, ip, userAgent, data };
      })
      .reverse(),
  };
}

function orderPart(order: Found): Evidence["order"] {
  const { name, shopifyId, financialStatus, sourceName: source, riskLevel } = order;
  return {
    ...{ name, shopifyId, financialStatus, source, riskLevel },
    placedAt: order.processedAt.toISOString(),
    paidAt: text(order.paidAt),
    cancelledAt: text(order.cancelledAt),
    disputedAt: text(order.disputedAt),
    fulfilledAt: text(order.fulfilledAt),
  };
}

function grantPart(grant: Found["grants"][number]): EvidenceGrant {
  const { asset, pool, poolKey, line, state, used: downloads, downloadLimit } = grant;
  return {
    kind: asset?.kind ?? "key",
    title: asset?.title ?? pool?.name ?? line.title,
    line: line.variantTitle ? `${line.title} (${line.variantTitle})` : line.title,
    state,
    grantedAt: grant.createdAt.toISOString(),
    revokedAt: text(grant.revokedAt),
    expiresAt: text(grant.expiresAt),
    downloads,
    downloadLimit,
    key: poolKey && { end: poolKey.keyEnd, shownAt: text(grant.shownAt) },
  };
}

/** The last ones, oldest first. */
async function listDownloads(shopId: string, orderId: string): Promise<EvidenceDownload[]> {
  const downloads = await db.download.findMany({
    where: { shopId, grant: { orderId } },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: MAX_DOWNLOADS,
    include: { version: true, grant: { select: { asset: { select: { title: true } } } } },
  });
  return downloads
    .map(({ at, outcome, ip, userAgent, version, grant }) => ({
      at: at.toISOString(),
      outcome,
      title: grant.asset?.title ?? "",
      fileName: version?.fileName ?? null,
      version: version?.number ?? null,
      sizeBytes: version ? Number(version.sizeBytes) : null,
      sha256: version?.sha256 ?? null,
      ip,
      userAgent,
    }))
    .reverse();
}

function text(moment: Date | null): string | null {
  return moment?.toISOString() ?? null;
}
