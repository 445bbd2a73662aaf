import { Prisma, type Attachment, type Pool } from "@prisma/client";
import type { Tx } from "~/db.server";
import type { KeyTerms, StandingAttachment } from "~/domain/grant/grants-wanted";
import type { StandingOrder } from "./order-difference";
import type { DryRunInput } from "./run-input";

export type LastOrder = StandingOrder & { id: string; name: string; processedAt: Date };

/** A page of a shop's orders, newest first. */
export async function listLastOrders(
  tx: Tx,
  shopId: string,
  after: { processedAt: Date; id: string } | null,
  limit: number,
): Promise<LastOrder[]> {
  const beyond = after
    ? Prisma.sql`AND ("processedAt", "id") < (${after.processedAt}, ${after.id}::uuid)`
    : Prisma.empty;
  const ids = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Order" WHERE "shopId" = ${shopId}::uuid ${beyond}
    ORDER BY "processedAt" DESC, "id" DESC LIMIT ${limit}`;
  const orders = await tx.order.findMany({
    where: { shopId, id: { in: ids.map(({ id }) => id) } },
    include: { lines: true, grants: true },
    orderBy: [{ processedAt: "desc" }, { id: "desc" }],
  });
  const extended = await tx.auditEntry.findMany({
    where: { orderId: { in: ids.map(({ id }) => id) }, action: "extended" },
    select: { grantId: true },
  });
  const extendedIds = new Set(extended.map(({ grantId }) => grantId));
  return orders.map((order) => ({
    ...order,
    grants: order.grants.map((grant) => ({ ...grant, isExtended: extendedIds.has(grant.id) })),
  }));
}

type Terms = Pick<Attachment, "keysPerUnit" | "downloadLimit" | "accessDays" | "updatePolicy" | "updateMonths">;

type Given = Attachment & { asset: { currentVersionId: string | null } | null; pool: Pool | null };

export type ShopPolicy = Extract<DryRunInput, { about: "settings" }>["policy"];

/** What the products of these orders give or gave, by order, as it would be if the proposal had always held. */
export async function proposedAttachments(
  tx: Tx,
  shopId: string,
  orders: LastOrder[],
  policy: ShopPolicy,
  input: DryRunInput,
): Promise<(orderId: string) => StandingAttachment[]> {
  const productIds = orders.flatMap(({ lines }) => lines.flatMap(({ productId }) => productId ?? []));
  const attachments = await tx.attachment.findMany({
    where: { shopId, productId: { in: [...new Set(productIds)] } },
    include: { asset: { select: { currentVersionId: true } }, pool: true },
  });
  const also = await tx.alsoGiven.findMany({ where: { orderId: { in: orders.map(({ id }) => id) } } });
  const changed = input.about === "attachment" ? attachments.find(({ id }) => id === input.attachmentId) : undefined;
  const standing = attachments.map((attachment) => {
    const isMeant = changed !== undefined && input.about === "attachment" && isSamePlace(attachment, changed);
    return underPolicy(attachment, isMeant ? input : attachment, policy);
  });
  const added = input.about === "attach" ? await toAttach(tx, shopId, input, policy) : [];

  return (orderId) => [
    ...standing.map((attachment) => {
      const row = also.find((one) => one.orderId === orderId && one.attachmentId === attachment.id);
      const alsoGiven = row ? { at: row.createdAt.toISOString(), tellsCustomer: row.tellsCustomer } : null;
      return { ...attachment, alsoGiven };
    }),
    ...added,
  ];
}

/** An attachment whose terms were changed is followed by another at its place. */
function isSamePlace(one: Attachment, other: Attachment): boolean {
  return (
    one.productId === other.productId &&
    one.variantId === other.variantId &&
    one.assetId === other.assetId &&
    one.poolId === other.poolId
  );
}

function underPolicy(attachment: Given, terms: Terms, policy: ShopPolicy): StandingAttachment {
  const { id, productId, variantId, assetId, poolId, createdAt, detachedAt, asset, pool } = attachment;
  return {
    ...{ id, productId, variantId, assetId, poolId, createdAt, detachedAt, alsoGiven: null },
    keysPerUnit: terms.keysPerUnit,
    downloadLimit: (terms.downloadLimit ?? policy.downloadLimit) || null,
    accessDays: (terms.accessDays ?? pool?.validDays ?? policy.accessDays) || null,
    updatePolicy: terms.updatePolicy ?? policy.updatePolicy,
    updateMonths: terms.updatePolicy === null ? policy.updateMonths : terms.updateMonths,
    currentVersionId: asset?.currentVersionId ?? null,
    keyTerms: pool && keyTermsOf(pool),
  };
}

function keyTermsOf({ keyFor, activationLimit, validUntil }: Pool): KeyTerms {
  return { keyFor, activationLimit: activationLimit ?? 0, validUntil: validUntil?.toISOString() ?? null };
}

/** What is to be attached, as though the merchant gave it to every order: after all that reached it by itself. */
async function toAttach(
  tx: Tx,
  shopId: string,
  { attachments }: Extract<DryRunInput, { about: "attach" }>,
  policy: ShopPolicy,
): Promise<StandingAttachment[]> {
  const assets = await tx.asset.findMany({
    where: { shopId, id: { in: attachments.flatMap(({ assetId }) => assetId ?? []) } },
    select: { id: true, currentVersionId: true },
  });
  const pools = await tx.pool.findMany({
    where: { shopId, id: { in: attachments.flatMap(({ poolId }) => poolId ?? []) } },
  });
  const at = new Date().toISOString();
  return attachments.map((attachment, index) => {
    const pool = pools.find(({ id }) => id === attachment.poolId);
    return {
      ...attachment,
      ...policy,
      id: `proposed-${index}`,
      createdAt: new Date(at),
      detachedAt: null,
      downloadLimit: policy.downloadLimit || null,
      accessDays: (pool?.validDays ?? policy.accessDays) || null,
      currentVersionId: assets.find(({ id }) => id === attachment.assetId)?.currentVersionId ?? null,
      alsoGiven: { at, tellsCustomer: true },
      keyTerms: pool ? keyTermsOf(pool) : null,
    };
  });
}
