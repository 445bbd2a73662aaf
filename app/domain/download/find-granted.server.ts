import { validate as isUuid } from "uuid";
import { db } from "~/db.server";
import { entitles, type AnyProof } from "~/domain/order/entitled-order.server";
import type { GatedGrant } from "./gate";

/** Who may download: whoever proves the right to the order, or came by a secret link to its page. */
export type DownloadProof = AnyProof;

export type GrantedVersion = { id: string; storageKey: string; fileName: string; contentType: string };

/** What a grant gives, with what decides about it. */
export type Granted = GatedGrant & {
  /** Where a link leads; null for a file. */
  url: string | null;
  /** What the grant gives of a file now; null for a link, and while the first upload is under way. */
  version: GrantedVersion | null;
};

type Row = Omit<Granted, "hasVersion"> & {
  orderId: string;
  customerId: string | null;
  checkoutTokenHash: Uint8Array<ArrayBuffer> | null;
};

/** The grant of a file or link, in one statement; null when there is none, or it is not the caller's. */
export async function findGranted(shopId: string, grantId: string, proof: DownloadProof): Promise<Granted | null> {
  if (!isUuid(grantId)) return null;

  const [row] = await db.$queryRaw<Row[]>`
    SELECT g."orderId", o."customerId", o."checkoutTokenHash", a."url",
      g."state"::text, g."expiresAt", g."used", g."downloadLimit", a."kind"::text AS "gives",
      t."streamOnly" AS "isStreamOnly",
      CASE WHEN v."id" IS NOT NULL THEN jsonb_build_object(
        'id', v."id", 'storageKey', v."storageKey", 'fileName', v."fileName", 'contentType', v."contentType") END AS version
    FROM "Grant" g
    JOIN "Order" o ON o."id" = g."orderId"
    JOIN "Attachment" t ON t."id" = g."attachmentId"
    JOIN "Asset" a ON a."id" = g."assetId"
    LEFT JOIN "GrantVersion" v ON v."grantId" = g."id"
    WHERE g."id" = ${grantId}::uuid AND g."shopId" = ${shopId}::uuid`;
  if (!row || !entitles(proof, { ...row, id: row.orderId })) return null;

  return { ...row, hasVersion: row.version !== null };
}
