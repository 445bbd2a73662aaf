import pg from "pg";
import { v7 as uuid } from "uuid";

export type BenchShop = {
  id: string;
  domain: string;
  productNumbers: number[];
  assetIds: string[];
  attachmentIds: string[];
};

const PRODUCTS = 3;

/** A shop of three products that give one file each, written straight into the tables. */
export async function createBenchShop(databaseUrl: string): Promise<BenchShop> {
  const shop: BenchShop = {
    id: uuid(),
    domain: "bench.myshopify.com",
    productNumbers: Array.from({ length: PRODUCTS }, (_, index) => 7_000_000_000_000 + index),
    assetIds: Array.from({ length: PRODUCTS }, () => uuid()),
    attachmentIds: Array.from({ length: PRODUCTS }, () => uuid()),
  };
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`INSERT INTO "Shop" ("id", "domain") VALUES ($1, $2)`, [shop.id, shop.domain]);
  for (const [index, assetId] of shop.assetIds.entries()) {
    const versionId = uuid();
    await client.query(
      `INSERT INTO "Asset" ("id", "shopId", "kind", "title", "updatedAt") VALUES ($1, $2, 'file', 'File', now())`,
      [assetId, shop.id],
    );
    await client.query(
      `INSERT INTO "AssetVersion" ("id", "shopId", "assetId", "number", "state", "storageKey", "fileName", "contentType", "sizeBytes", "partSizeBytes")
       VALUES ($1, $2, $3, 1, 'ready', $4, 'file.zip', 'application/zip', 1000, 8388608)`,
      [versionId, shop.id, assetId, `shops/${shop.id}/assets/${assetId}/${versionId}`],
    );
    await client.query(`UPDATE "Asset" SET "currentVersionId" = $2, "sizeBytes" = 1000 WHERE "id" = $1`, [
      assetId,
      versionId,
    ]);
    await client.query(
      `INSERT INTO "Attachment" ("id", "shopId", "productId", "assetId", "createdAt") VALUES ($1, $2, $3, $4, '2020-01-01')`,
      [shop.attachmentIds[index], shop.id, `gid://shopify/Product/${shop.productNumbers[index]}`, assetId],
    );
  }
  await client.end();
  return shop;
}
