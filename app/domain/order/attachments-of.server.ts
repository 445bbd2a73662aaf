import { Prisma } from "@prisma/client";
import { queryPrepared, type Tx } from "~/db.server";
import type { StandingAttachment } from "~/domain/grant/grants-wanted";

export type AttachmentsInput = { shopId: string; orderId: string; lines: { productId: string | null }[] };

/** What the order's products give or gave, each under its policy: its own, or else its pool's or shop's. */
export function attachmentsOf(tx: Tx, { shopId, orderId, lines }: AttachmentsInput): Promise<StandingAttachment[]> {
  const productIds = [...new Set(lines.map((line) => line.productId).filter((id) => id !== null))];
  const sql = Prisma.sql`
    SELECT a."id", a."productId", a."variantId", a."assetId", a."poolId", a."keysPerUnit", a."createdAt", a."detachedAt",
           NULLIF(COALESCE(a."downloadLimit", s."downloadLimit"), 0) AS "downloadLimit",
           NULLIF(COALESCE(a."accessDays", p."validDays", s."accessDays"), 0) AS "accessDays",
           COALESCE(a."updatePolicy", s."updatePolicy") AS "updatePolicy",
           CASE WHEN a."updatePolicy" IS NULL THEN s."updateMonths" ELSE a."updateMonths" END AS "updateMonths",
           asset."currentVersionId",
           CASE WHEN also."orderId" IS NOT NULL THEN
             jsonb_build_object('at', to_char(also."createdAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                                'tellsCustomer', also."tellsCustomer") END AS "alsoGiven",
           CASE WHEN p."id" IS NOT NULL THEN jsonb_build_object(
             'keyFor', p."keyFor", 'activationLimit', COALESCE(p."activationLimit", 0),
             'validUntil', to_char(p."validUntil" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) END AS "keyTerms"
    FROM "Attachment" a JOIN "Shop" s ON s."id" = a."shopId" LEFT JOIN "Asset" asset ON asset."id" = a."assetId"
      LEFT JOIN "Pool" p ON p."id" = a."poolId"
      LEFT JOIN "AlsoGiven" also ON also."attachmentId" = a."id" AND also."orderId" = ${orderId}::uuid
    WHERE a."shopId" = ${shopId}::uuid AND a."productId" = ANY(${productIds}::text[])`;
  return queryPrepared(tx, "attachments of", sql);
}
