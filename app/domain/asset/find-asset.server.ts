import { validate as isUuid } from "uuid";
import { db } from "~/db.server";

export type FoundAsset = NonNullable<Awaited<ReturnType<typeof findAsset>>>;

/**
 * One asset of the shop with its versions, newest first, and what gives it now.
 *
 * @returns null when the shop has none of this id. `grantCount` counts revoked grants too.
 */
export async function findAsset(shopId: string, assetId: string) {
  if (!isUuid(assetId)) return null;

  const asset = await db.asset.findFirst({
    where: { id: assetId, shopId },
    include: {
      versions: { orderBy: { number: "desc" } },
      attachments: {
        where: { detachedAt: null },
        orderBy: { createdAt: "asc" },
        select: { id: true, productId: true, variantId: true },
      },
      _count: { select: { grants: true } },
    },
  });
  if (!asset) return null;

  const { id, kind, title, url, currentVersionId, createdAt, archivedAt, attachments, _count } = asset;
  const versions = asset.versions.map((version) => ({
    id: version.id,
    number: version.number,
    state: version.state,
    fileName: version.fileName,
    contentType: version.contentType,
    sizeBytes: Number(version.sizeBytes),
    sha256: version.sha256,
    lastModified: version.lastModified === null ? null : Number(version.lastModified),
    createdAt: version.createdAt,
    readyAt: version.readyAt,
  }));
  const counts = { grantCount: _count.grants };
  return {
    id,
    kind,
    title,
    url,
    currentVersionId,
    createdAt,
    archivedAt,
    versions,
    attachments,
    ...counts,
  };
}
