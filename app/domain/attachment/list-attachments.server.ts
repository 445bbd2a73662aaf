import type { Prisma } from "@prisma/client";
import { db } from "~/db.server";
import type { Attached, GivenThing } from "./given-by";
import type { AttachmentTerms } from "./terms";

const given = {
  asset: { include: { currentVersion: { select: { fileName: true } } } },
  pool: true,
} satisfies Prisma.AttachmentInclude;

type Row = Prisma.AttachmentGetPayload<{ include: typeof given }>;

/** The attachments that stand, of these products, oldest first. */
export async function listAttachments(shopId: string, productIds: string[]): Promise<Attached[]> {
  const rows = await db.attachment.findMany({
    where: { shopId, productId: { in: productIds }, detachedAt: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    include: given,
  });
  const available = await countAvailable(rows.flatMap(({ poolId }) => (poolId ? [poolId] : [])));

  return rows.map((row) => ({
    id: row.id,
    productId: row.productId,
    variantId: row.variantId,
    thing: thingOf(row, (row.poolId && available.get(row.poolId)) || 0),
    terms: termsOf(row),
  }));
}

function termsOf(row: Row): AttachmentTerms {
  const { downloadLimit, accessDays, updatePolicy, updateMonths, streamOnly, keysPerUnit, instructions } = row;
  return { downloadLimit, accessDays, updatePolicy, updateMonths, streamOnly, keysPerUnit, instructions };
}

async function countAvailable(poolIds: string[]): Promise<Map<string, number>> {
  const counts = await db.poolKey.groupBy({
    by: "poolId",
    where: { poolId: { in: [...new Set(poolIds)] }, state: "available" },
    _count: true,
  });
  return new Map(counts.map(({ poolId, _count }) => [poolId, _count]));
}

function thingOf({ asset, pool, keysPerUnit }: Row, available: number): GivenThing {
  if (pool) {
    const { id: poolId, name: title, archivedAt } = pool;
    return { kind: "keys", poolId, title, available, keysPerUnit, isArchived: archivedAt !== null };
  }
  if (!asset) throw new Error("an attachment gives an asset or keys");

  const { id: assetId, title, url, archivedAt, currentVersion, sizeBytes } = asset;
  const isArchived = archivedAt !== null;
  return url !== null
    ? { kind: "link", assetId, title, url, isArchived }
    : {
        kind: "file",
        assetId,
        title,
        fileName: currentVersion?.fileName ?? null,
        sizeBytes: sizeBytes === null ? null : Number(sizeBytes),
        isArchived,
      };
}
