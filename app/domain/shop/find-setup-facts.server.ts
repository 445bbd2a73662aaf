import { db } from "~/db.server";
import type { SetupFacts } from "./setup-guide";

/** What the shop has done so far. A grant of a person's test order counts: it was delivered. */
export async function findSetupFacts(shopId: string): Promise<SetupFacts> {
  const [facts] = await db.$queryRaw<SetupFacts[]>`
    SELECT
      EXISTS (SELECT 1 FROM "Asset" WHERE "shopId" = s."id" AND ("kind" = 'link' OR "currentVersionId" IS NOT NULL)) AS "hasAsset",
      EXISTS (SELECT 1 FROM "Attachment" WHERE "shopId" = s."id") AS "hasAttachment",
      EXISTS (SELECT 1 FROM "KeyImport" i JOIN "Pool" p ON p."id" = i."poolId" WHERE p."shopId" = s."id" AND i."added" > 0 AND i."state" = 'done') AS "hasKeys",
      s."supportAddress" IS NOT NULL AS "hasSupportAddress",
      EXISTS (SELECT 1 FROM "Grant" WHERE "shopId" = s."id" AND "state" <> 'waiting') AS "hasGrant"
    FROM "Shop" s WHERE s."id" = ${shopId}::uuid`;
  if (!facts) throw new Error(`No shop ${shopId}`);
  return facts;
}
