import { db } from "~/db.server";

const MOST = 100;

/** The shop's uploads that were begun and not finished, newest first, 100 at most: what can be resumed or cancelled. */
export async function listUnfinishedUploads(shopId: string) {
  const versions = await db.assetVersion.findMany({
    where: { shopId, state: "uploading" },
    orderBy: { createdAt: "desc" },
    take: MOST,
    include: { asset: { select: { title: true, currentVersionId: true } } },
  });

  return versions.map((version) => ({
    versionId: version.id,
    assetId: version.assetId,
    /** Of the asset this becomes a new version of; null when it is a new asset. */
    versionOf: version.asset.currentVersionId ? version.asset.title : null,
    fileName: version.fileName,
    sizeBytes: Number(version.sizeBytes),
    partSizeBytes: version.partSizeBytes,
    lastModified: version.lastModified === null ? null : Number(version.lastModified),
    createdAt: version.createdAt,
  }));
}
