import { describe, expect, test } from "vitest";
import { listAttachments } from "~/domain/attachment/list-attachments.server";
import { listGivingProducts } from "~/domain/attachment/list-giving-products.server";
import { createAsset, createAttachment, createPool, createShop } from "../../factories";

const product = (number: number) => `gid://shopify/Product/${number}`;

const shopsTerms = {
  ...{ downloadLimit: null, accessDays: null, updatePolicy: null, updateMonths: null },
  ...{ streamOnly: false, instructions: null },
};

describe("listAttachments", () => {
  test("given a file, a link and a pool on two products, when they are listed, then each says what it gives", async () => {
    const { id: shopId } = await createShop();
    const file = await createAsset({ shopId, title: "Guide", fileName: "guide.pdf", sizeBytes: 5_000_000_000 });
    const link = await createAsset({ shopId, title: "Course", url: "https://example.com/course" });
    const pool = await createPool({ shopId, name: "Keys", keys: 3 });
    const variantId = "gid://shopify/ProductVariant/5";
    const first = await createAttachment({ assetId: file.id, productId: product(1) });
    const second = await createAttachment({ assetId: link.id, productId: product(1), variantId });
    const third = await createAttachment({ poolId: pool.id, productId: product(2), keysPerUnit: 2 });

    const attachments = await listAttachments(shopId, [product(1), product(2)]);

    const isArchived = false;
    const terms = { ...shopsTerms, keysPerUnit: 1 };
    expect(attachments).toEqual([
      {
        id: first.id,
        productId: product(1),
        variantId: null,
        thing: { kind: "file", assetId: file.id, title: "Guide", fileName: "guide.pdf", sizeBytes: 5e9, isArchived },
        terms,
      },
      {
        id: second.id,
        productId: product(1),
        variantId,
        thing: { kind: "link", assetId: link.id, title: "Course", url: "https://example.com/course", isArchived },
        terms,
      },
      {
        id: third.id,
        productId: product(2),
        variantId: null,
        thing: { kind: "keys", poolId: pool.id, title: "Keys", available: 3, keysPerUnit: 2, isArchived },
        terms: { ...shopsTerms, keysPerUnit: 2 },
      },
    ]);
  });

  test("given a detached attachment and one of another shop, when the product is listed, then neither shows", async () => {
    const own = await createAttachment({ productId: product(1), detachedAt: new Date() });
    await createAttachment({ productId: product(1) });

    expect(await listAttachments(own.shopId, [product(1)])).toEqual([]);
  });
});

describe("listGivingProducts", () => {
  test("given five products that give something, when they are paged both ways, then each comes once", async () => {
    const { id: shopId } = await createShop();
    for (const number of [1, 2, 3, 4, 5, 5]) await createAttachment({ shopId, productId: product(number) });
    await createAttachment({ shopId, productId: product(6), detachedAt: new Date() });
    await createAttachment({ productId: product(7) });

    const first = await listGivingProducts(shopId, {}, 2);
    const second = await listGivingProducts(shopId, { after: product(2) }, 2);
    const back = await listGivingProducts(shopId, { before: product(4) }, 2);

    expect(first).toEqual([product(1), product(2)]);
    expect(second).toEqual([product(3), product(4)]);
    expect(back).toEqual([product(2), product(3)]);
  });
});
