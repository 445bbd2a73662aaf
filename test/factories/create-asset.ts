import { v7 as uuid } from "uuid";
import { db } from "~/db.server";
import { createShop } from "./create-shop";
import { nextNumber } from "./next-number";

type Options = {
  shopId?: string;
  title?: string;
  /** Makes the asset a link to there. */
  url?: string;
  fileName?: string;
  contentType?: string;
  sizeBytes?: number;
  sha256?: string;
  /** `uploading`: the first upload is still under way. */
  state?: "ready" | "uploading";
  archivedAt?: Date;
  createdAt?: Date;
};

/** A file of one ready version whose bytes are nowhere, or a link. */
export async function createAsset(options: Options = {}) {
  const shopId = options.shopId ?? (await createShop()).id;
  const { url, state = "ready", sizeBytes = 1000, archivedAt, createdAt } = options;
  const fileName = options.fileName ?? `file-${nextNumber()}.pdf`;
  const shared = { shopId, title: options.title ?? (url ? `Link ${nextNumber()}` : fileName), archivedAt, createdAt };
  const include = { currentVersion: true, versions: true };
  if (url) return db.asset.create({ data: { ...shared, kind: "link", url, sizeBytes: 0 }, include });

  const assetId = uuid();
  const versionId = uuid();
  await db.asset.create({ data: { ...shared, id: assetId, kind: "file" } });
  await db.assetVersion.create({
    data: {
      id: versionId,
      shopId,
      assetId,
      number: 1,
      state,
      storageKey: `shops/${shopId}/assets/${assetId}/${versionId}`,
      uploadId: state === "uploading" ? `upload-${nextNumber()}` : null,
      fileName,
      contentType: options.contentType ?? "application/pdf",
      sizeBytes,
      partSizeBytes: 8 * 1024 * 1024,
      sha256: state === "ready" ? (options.sha256 ?? "0".repeat(64)) : null,
      createdAt,
      readyAt: state === "ready" ? new Date() : null,
    },
  });
  return db.asset.update({
    where: { id: assetId },
    data: state === "ready" ? { currentVersionId: versionId, sizeBytes } : {},
    include,
  });
}
