import type { DeliveryKind } from "@prisma/client";
import type { Tx } from "~/db.server";
import type { AuditAction } from "~/domain/audit/actions";
import { exposeKeys } from "~/domain/license/expose-keys.server";
import { readKeys } from "~/domain/license/read-keys.server";
import { mailLocaleOf } from "./locales";
import type { Message, MessageItem } from "./message";
import { shopNameOf } from "./sender";

/** Mail programs cut a message at about 100 KB. */
const MAX_ITEMS = 40;
const MAX_KEYS = 100;

export type FindMessageInput = {
  shopId: string;
  orderId: string;
  kind: DeliveryKind;
  pageExpiresAt: Date;
  /** For the customer, to whom the keys in it are then exposed; false: a merchant looks at what it would be. */
  isForCustomer: boolean;
  now: Date;
};

export type FoundMessage = {
  message: Message;
  /** The grants whose keys the message shows; of `keys_arrived` those that are new. */
  shownGrantIds: string[];
};

/**
 * What there is to tell of an order: everything it gave and that was not taken back.
 *
 * @returns null when the order is unknown, or nothing is left of what it gave.
 */
export async function findMessage(tx: Tx, input: FindMessageInput): Promise<FoundMessage | null> {
  const { shopId, orderId, kind, pageExpiresAt, isForCustomer, now } = input;
  const order = await tx.order.findFirst({ where: { id: orderId, shopId }, include: { shop: true } });
  const grants = order ? await listGrants(tx, shopId, orderId) : [];
  if (!order || grants.length === 0) return null;

  const toldAt = await lastToldAt(tx, orderId);
  const groups = [...Map.groupBy(grants, groupOf).values()];
  const shown = groups.slice(0, MAX_ITEMS).flat();
  const { supportAddress, logoUrl, brandColor, revealToClaim } = order.shop;
  const keysInMail = order.shop.keysInMail && !revealToClaim;
  const showing = keysInMail ? shown.filter((grant) => isOpen(grant, now) && grant.poolId) : [];
  const arrived = kind === "keys_arrived" && toldAt ? await listServedSince(tx, orderId, toldAt) : [];
  const telling = arrived.length > 0 ? showing.filter(({ id }) => arrived.includes(id)) : showing;
  const grantIds = telling.slice(0, MAX_KEYS).map(({ id }) => id);
  const keys = isForCustomer ? await exposeKeys(tx, { shopId, grantIds, now }) : await readKeys(tx, shopId, grantIds);

  const message: Message = {
    kind,
    locale: mailLocaleOf(order.locale),
    orderName: order.name,
    shop: { name: shopNameOf(order.shop), supportAddress, logoUrl, brandColor, keysInMail, revealToClaim },
    pageExpiresAt,
    items: groups.slice(0, MAX_ITEMS).flatMap((group) => itemOf(group, { kind, keys, toldAt })),
    moreItems: Math.max(0, groups.length - MAX_ITEMS),
  };
  return { message, shownGrantIds: [...keys.keys()] };
}

type GrantRow = {
  id: string;
  lineId: string;
  attachmentId: string;
  poolId: string | null;
  state: "active" | "waiting" | "held";
  used: number;
  downloadLimit: number | null;
  expiresAt: Date | null;
  createdAt: Date;
  lineTitle: string;
  variantTitle: string | null;
  instructions: string | null;
  streamOnly: boolean;
  assetTitle: string | null;
  assetKind: "file" | "link" | null;
  hasKey: boolean;
  /** The version this grant gives; null for links, keys and uploads under way. */
  fileName: string | null;
  number: number | null;
  sizeBytes: bigint | null;
  readyAt: Date | null;
};

/** With the version each gives: the newest that its update policy allows. */
function listGrants(tx: Tx, shopId: string, orderId: string): Promise<GrantRow[]> {
  return tx.$queryRaw<GrantRow[]>`
    SELECT g."id", g."lineId", g."attachmentId", g."poolId", g."state"::text AS "state", g."used", g."downloadLimit",
           g."expiresAt", g."createdAt", l."title" AS "lineTitle", l."variantTitle", t."streamOnly",
           NULLIF(concat_ws(E'\\n\\n', t."instructions", p."instructions"), '') AS "instructions",
           a."title" AS "assetTitle", a."kind"::text AS "assetKind", k."id" IS NOT NULL AS "hasKey",
           v."fileName", v."number", v."sizeBytes", v."readyAt"
    FROM "Grant" g
    JOIN "OrderLine" l ON l."id" = g."lineId"
    JOIN "Attachment" t ON t."id" = g."attachmentId"
    LEFT JOIN "Asset" a ON a."id" = g."assetId"
    LEFT JOIN "Pool" p ON p."id" = g."poolId"
    LEFT JOIN "PoolKey" k ON k."grantId" = g."id"
    LEFT JOIN LATERAL (
      SELECT "fileName", "number", "sizeBytes", "readyAt" FROM "AssetVersion"
      WHERE "assetId" = g."assetId" AND "state" = 'ready'
        AND (g."versionId" IS NULL OR "id" = g."versionId" OR (g."updatesUntil" IS NOT NULL AND "readyAt" <= g."updatesUntil"))
      ORDER BY "number" DESC LIMIT 1
    ) v ON true
    WHERE g."orderId" = ${orderId}::uuid AND g."shopId" = ${shopId}::uuid AND g."state" <> 'revoked'
    ORDER BY l."shopifyId", g."createdAt", g."unit", g."id"`;
}

/** When the customer last heard of this order; what came since is new to them. */
async function lastToldAt(tx: Tx, orderId: string): Promise<Date | null> {
  const { _max } = await tx.delivery.aggregate({ where: { orderId, state: "sent" }, _max: { sentAt: true } });
  return _max.sentAt;
}

/** The grants whose keys came since the customer last heard: those before are in an earlier message. */
async function listServedSince(tx: Tx, orderId: string, toldAt: Date): Promise<string[]> {
  const served = await tx.auditEntry.findMany({
    where: { orderId, action: "served" satisfies AuditAction, at: { gt: toldAt } },
    select: { grantId: true },
  });
  return served.flatMap(({ grantId }) => grantId ?? []);
}

/** The keys of one line and attachment are told of together. */
function groupOf({ id, poolId, lineId, attachmentId }: GrantRow): string {
  return poolId ? `${lineId} ${attachmentId}` : id;
}

function isOpen({ state, expiresAt }: GrantRow, now: Date): boolean {
  return state === "active" && (expiresAt === null || expiresAt > now);
}

type Setting = { kind: DeliveryKind; keys: Map<string, string>; toldAt: Date | null };

function itemOf(group: GrantRow[], { kind, keys, toldAt }: Setting): MessageItem[] {
  const [grant] = group;
  if (!grant) return [];
  const variant = grant.variantTitle && grant.variantTitle !== "Default Title" ? ` – ${grant.variantTitle}` : "";
  const product = `${grant.lineTitle}${variant}`;
  const { instructions, expiresAt } = grant;
  const shared = { product, instructions, expiresAt, isHeld: grant.state === "held" };

  if (grant.poolId) {
    const texts = group.flatMap(({ id }) => keys.get(id) ?? []);
    const waitingCount = group.filter(({ state }) => state === "waiting").length;
    const keyCount = group.filter(({ state, hasKey }) => state === "active" && hasKey).length;
    return [{ ...shared, kind: "keys", title: product, keys: texts, keyCount, waitingCount }];
  }
  const { fileName, number, sizeBytes, readyAt, createdAt } = grant;
  return [
    {
      ...shared,
      kind: grant.assetKind ?? "file",
      title: grant.assetTitle ?? product,
      file: fileName !== null && number !== null ? { name: fileName, number, sizeBytes: Number(sizeBytes) } : null,
      isNew: kind === "new_version" && readyAt !== null && readyAt > (toldAt ?? createdAt),
      isStreamOnly: grant.streamOnly,
      downloadsLeft: grant.downloadLimit === null ? null : Math.max(0, grant.downloadLimit - grant.used),
    },
  ];
}
