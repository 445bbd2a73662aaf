import { v7 as uuid } from "uuid";
import { db } from "~/db.server";
import { encryptKey, keyHash } from "~/domain/license/key-text.server";

/** What `validate` asks the database, with the text hashed already. */
export type SoldLicense = { text: string; keyHash: Buffer; fingerprint: string };

/** Sells `count` licenses of one pool, in an order each, and activates each on one machine. */
export async function sellLicenses(shop: { id: string }, count: number): Promise<SoldLicense[]> {
  const licenses = Array.from({ length: count }, (_, index) => {
    const text = `BENCH-${String(index).padStart(6, "0")}-ABCD`;
    const fingerprint = `machine-${index}`;
    return { text, keyHash: keyHash(shop.id, text), fingerprint };
  });
  const poolId = uuid();
  const attachmentId = uuid();
  await db.pool.create({ data: { id: poolId, shopId: shop.id, name: "Bench keys", activationLimit: 3 } });
  await db.attachment.create({
    data: { id: attachmentId, shopId: shop.id, productId: "gid://shopify/Product/1", poolId },
  });
  const rows = licenses.map(({ text, keyHash, fingerprint }, index) => ({
    index,
    hash: keyHash.toString("hex"),
    sealed: encryptKey(shop.id, text).toString("hex"),
    fingerprint,
  }));
  await db.$executeRaw`
    WITH given AS (
      SELECT "index", uuidv7() AS "orderId", uuidv7() AS "lineId", uuidv7() AS "grantId", uuidv7() AS "keyId",
             decode("hash", 'hex') AS "hash", decode("sealed", 'hex') AS "sealed", "fingerprint"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("index" int, "hash" text, "sealed" text, "fingerprint" text)
    ), orders AS (
      INSERT INTO "Order" ("id", "shopId", "shopifyId", "name", "financialStatus", "processedAt", "paidAt", "updatedAt", "factsHash")
      SELECT "orderId", ${shop.id}::uuid, 'license-' || "index", '#' || "index", 'paid', now(), now(), now(), '\\x00' FROM given
    ), lines AS (
      INSERT INTO "OrderLine" ("id", "shopId", "orderId", "shopifyId", "productId", "title", "quantity", "currentQuantity")
      SELECT "lineId", ${shop.id}::uuid, "orderId", 'line-' || "index", 'gid://shopify/Product/1', 'Synth', 1, 1 FROM given
    ), grants AS (
      INSERT INTO "Grant" ("id", "shopId", "orderId", "lineId", "attachmentId", "poolId", "state")
      SELECT "grantId", ${shop.id}::uuid, "orderId", "lineId", ${attachmentId}::uuid, ${poolId}::uuid, 'active' FROM given
    ), keys AS (
      INSERT INTO "PoolKey" ("id", "shopId", "poolId", "ciphertext", "keyHash", "keyEnd", "state", "grantId")
      SELECT "keyId", ${shop.id}::uuid, ${poolId}::uuid, "sealed", "hash", 'ABCD', 'granted', "grantId" FROM given
    )
    INSERT INTO "Activation" ("id", "shopId", "keyId", "fingerprint")
    SELECT uuidv7(), ${shop.id}::uuid, "keyId", "fingerprint" FROM given`;
  await db.$executeRaw`ANALYZE`;
  return licenses;
}
