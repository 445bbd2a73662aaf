import { db } from "~/db.server";
import type { GatedGrant } from "~/domain/download/gate";

/** A grant with all that a customer may be shown of it, and the file it gives now. */
export type GrantRow = GatedGrant & {
  id: string;
  orderId: string;
  lineId: string;
  attachmentId: string;
  /** The asset's; of keys the bought line's. */
  title: string;
  /** The attachment's, and after them those of the pool. */
  instructions: string | null;
  shownAt: Date | null;
  /** A key that its customer has not revealed yet, in a shop that asks for that. */
  isHidden: boolean;
  version: { number: number; fileName: string; sizeBytes: number; sha256: string | null } | null;
};

/** The grants of orders, in the order of lines and units. */
export async function listGrantRows(shopId: string, orderIds: string[]): Promise<GrantRow[]> {
  const rows = await db.$queryRaw<Omit<GrantRow, "hasVersion">[]>`
    SELECT g."id", g."orderId", g."lineId", g."attachmentId", coalesce(a."title", l."title") AS "title",
      NULLIF(concat_ws(E'\\n\\n', t."instructions", p."instructions"), '') AS "instructions",
      t."streamOnly" AS "isStreamOnly", g."shownAt",
      s."revealToClaim" AND g."poolId" IS NOT NULL AND g."shownAt" IS NULL AS "isHidden",
      g."state"::text, coalesce(k."expiresAt", g."expiresAt") AS "expiresAt", g."used", g."downloadLimit", coalesce(a."kind"::text, 'key') AS "gives",
      CASE WHEN v."id" IS NOT NULL THEN jsonb_build_object(
        'number', v."number", 'fileName', v."fileName", 'sizeBytes', v."sizeBytes", 'sha256', v."sha256") END AS "version"
    FROM "Grant" g
    JOIN "Shop" s ON s."id" = g."shopId"
    JOIN "OrderLine" l ON l."id" = g."lineId"
    JOIN "Attachment" t ON t."id" = g."attachmentId"
    LEFT JOIN "Asset" a ON a."id" = g."assetId"
    LEFT JOIN "Pool" p ON p."id" = g."poolId"
    LEFT JOIN "PoolKey" k ON k."grantId" = g."id"
    LEFT JOIN "GrantVersion" v ON v."grantId" = g."id"
    WHERE g."shopId" = ${shopId}::uuid AND g."orderId" = ANY(${orderIds}::uuid[])
    ORDER BY l."shopifyId", g."createdAt", g."unit", g."id"`;
  return rows.map((row) => ({ ...row, hasVersion: row.version !== null }));
}
