import type { GrantState, PoolKeyState, Prisma } from "@prisma/client";
import { db } from "~/db.server";
import { activationLimitOf } from "~/domain/license/license";
import { listHistory } from "./list-history.server";

/** One time a file was fetched, or refused. */
export type OrderDownload = {
  id: string;
  grantId: string;
  at: Date;
  ip: string | null;
  userAgent: string | null;
  /** "started", "repeated" (the same download again, not counted), or the refusal's reason. */
  outcome: string;
  fileName: string | null;
};

export type OrderGrant = {
  id: string;
  kind: "file" | "link" | "key";
  title: string;
  state: GrantState;
  revokedBy: "order" | "person" | null;
  used: number;
  /** null: unlimited. */
  downloadLimit: number | null;
  expiresAt: Date | null;
  /** Null while none is held. Never the text: see `revealKey`. */
  key: OrderKey | null;
  /** The last 20, newest first. */
  downloads: OrderDownload[];
};

export type OrderKey = {
  id: string;
  end: string;
  state: PoolKeyState;
  shownAt: Date | null;
  /** Its own end, which stands in for that of its grant. */
  expiresAt: Date | null;
  /** Machines it is used on, and allowed; null: any number. */
  used: number;
  activationLimit: number | null;
};

export type OrderLineWithGrants = {
  id: string;
  title: string;
  variantTitle: string | null;
  quantity: number;
  currentQuantity: number;
  grants: OrderGrant[];
};

const SHOWN_DOWNLOADS = 20;
const SHOWN_HISTORY = 100;

const withAll = {
  lines: {
    orderBy: { shopifyId: "asc" },
    include: {
      grants: {
        orderBy: [{ createdAt: "asc" }, { unit: "asc" }, { id: "asc" }],
        include: {
          asset: { select: { title: true, kind: true } },
          pool: { select: { name: true, activationLimit: true, keyFor: true } },
          poolKey: {
            select: {
              id: true,
              keyEnd: true,
              state: true,
              activationLimit: true,
              expiresAt: true,
              _count: { select: { activations: { where: { blockedAt: null } } } },
            },
          },
        },
      },
    },
  },
} satisfies Prisma.OrderInclude;

type GrantRow = Prisma.OrderGetPayload<{ include: typeof withAll }>["lines"][number]["grants"][number];

/** An order with its lines, what each gave, and what happened since; null when the shop has no such order. */
export async function findOrder(shopId: string, orderId: string) {
  const order = await db.order.findFirst({ where: { id: orderId, shopId }, include: withAll });
  if (!order) return null;

  const [downloads, history] = await Promise.all([
    lastDownloads(order.lines.flatMap(({ grants }) => grants.map(({ id }) => id))),
    listHistory(shopId, orderId, SHOWN_HISTORY),
  ]);
  const { id, shopifyId, name, email, customerId, financialStatus, cancelledAt, processedAt } = order;
  const { riskLevel, disputedAt, fulfilledAt, fulfillProblem } = order;
  const lines = order.lines.map((line): OrderLineWithGrants => {
    const { title, variantTitle, quantity, currentQuantity } = line;
    const grants = line.grants.map((grant) => asShown(grant, downloads.get(grant.id) ?? []));
    return { id: line.id, title, variantTitle, quantity, currentQuantity, grants };
  });
  return {
    ...{ id, shopifyId, name, email, customerId, financialStatus, cancelledAt, processedAt },
    ...{ riskLevel, disputedAt, fulfilledAt, fulfillProblem },
    lines,
    history,
  };
}

function asShown(grant: GrantRow, downloads: OrderDownload[]): OrderGrant {
  const { id, asset, pool, poolKey, state, revokedBy, used, downloadLimit, expiresAt } = grant;
  return {
    id,
    kind: asset?.kind ?? "key",
    title: asset?.title ?? pool?.name ?? "",
    state,
    revokedBy,
    used,
    downloadLimit,
    expiresAt,
    key: poolKey && pool && keyOf({ ...grant, pool, poolKey }),
    downloads,
  };
}

function keyOf({ state, expiresAt, units, shownAt, pool, poolKey, ...sold }: Keyed): OrderKey {
  const { id, keyEnd: end, activationLimit: keyActivationLimit, _count } = poolKey;
  const grant = { state, expiresAt, units };
  const terms = {
    activationLimit: (sold.activationLimit ?? pool.activationLimit) || null,
    keyFor: sold.keyFor ?? pool.keyFor,
  };
  return {
    id,
    end,
    state: poolKey.state,
    shownAt,
    expiresAt: poolKey.expiresAt,
    used: _count.activations,
    activationLimit: activationLimitOf({ keyActivationLimit, grant, pool: terms }),
  };
}

type Keyed = GrantRow & { pool: NonNullable<GrantRow["pool"]>; poolKey: NonNullable<GrantRow["poolKey"]> };

/** A grant may have been refused a thousand times: only the last are read. */
async function lastDownloads(grantIds: string[]): Promise<Map<string, OrderDownload[]>> {
  const downloads = await db.$queryRaw<OrderDownload[]>`
    SELECT last.*, "AssetVersion"."fileName" FROM unnest(${grantIds}::uuid[]) AS granted (id)
    CROSS JOIN LATERAL (
      SELECT id, "grantId", at, ip, "userAgent", outcome, "versionId" FROM "Download"
      WHERE "grantId" = granted.id ORDER BY at DESC, id DESC LIMIT ${SHOWN_DOWNLOADS}
    ) AS last
    LEFT JOIN "AssetVersion" ON "AssetVersion".id = last."versionId"
    ORDER BY last.at DESC, last.id DESC`;
  return Map.groupBy(downloads, ({ grantId }) => grantId);
}
