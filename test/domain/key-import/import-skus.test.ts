import { createPlayedShop } from "../../setup/shopify";
import { expect, test } from "vitest";
import { db } from "~/db.server";
import { importKeys } from "~/domain/key-import/import-keys.server";
import { createPool } from "../../factories";
import { csv } from "../pool/csv";

const now = new Date("2026-01-15T12:00:00Z");

test("given lines that name SKUs, when they are imported, then each goes to the pool its variant gives keys of", async () => {
  const { shop, store } = await createPlayedShop();
  const { id: poolId, shopId } = await createPool({ shopId: shop.id });
  const { id: synthId } = await createPool({ shopId });
  const { product } = store.createProduct({ title: "Synth", variants: [{ price: "10", sku: "SYNTH-1" }] });
  await db.attachment.create({ data: { shopId, productId: product.id, poolId: synthId } });

  const body = csv("key,sku\nKEY-0001,synth-1\nKEY-0002,NOBODYS\nKEY-0003,\n");
  const result = await importKeys({ shopId, poolId, fileName: "keys.csv", body, now });

  expect(result).toMatchObject({
    kind: "imported",
    report: { added: 2, bad: 1, lines: [{ line: 3, reason: "unknown_sku", end: "0002" }] },
  });
  const keys = await db.poolKey.findMany({ where: { shopId }, orderBy: { seq: "asc" } });
  expect(keys.map((key) => [key.keyEnd, key.poolId])).toEqual([
    ["0001", synthId],
    ["0003", poolId],
  ]);
});
