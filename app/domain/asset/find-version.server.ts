import type { AssetVersion } from "@prisma/client";
import { validate as isUuid } from "uuid";
import { db } from "~/db.server";

/** The shop's version of this id, finished or not; null when the shop has none. */
export function findVersion(shopId: string, versionId: string): Promise<AssetVersion | null> {
  if (!isUuid(versionId)) return Promise.resolve(null);
  return db.assetVersion.findFirst({ where: { id: versionId, shopId } });
}
