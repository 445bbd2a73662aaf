import { db } from "~/db.server";

const MOST = 500;

/** Unfinished uploads of every shop begun before `before`, oldest first, 500 at most. */
export function listStaleUploads(before: Date): Promise<{ shopId: string; versionId: string }[]> {
  return db.$queryRaw`
    SELECT "shopId", id AS "versionId" FROM "AssetVersion"
    WHERE state = 'uploading' AND "createdAt" < ${before}
    ORDER BY "createdAt" LIMIT ${MOST}`;
}
