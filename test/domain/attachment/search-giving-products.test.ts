import { describe, expect, test } from "vitest";
import { searchGivingProducts } from "~/domain/attachment/search-giving-products.server";
import { createAttachment, createShop } from "../../factories";

const product = (number: number) => `gid://shopify/Product/${1000 + number}`;

describe("searchGivingProducts", () => {
  test("given five products that give something, when they are paged to the end and back, then each page is whole", async () => {
    const shopId = await shopWithProducts(5);
    const numbersAt = async (place: { after?: string; before?: string }) => {
      const page = await searchGivingProducts(admin(), shopId, { place, limit: 2 });
      return { ...page, products: page.products.map(({ id }) => id) };
    };

    const first = await numbersAt({});
    const second = await numbersAt({ after: first.next ?? "" });
    const third = await numbersAt({ after: second.next ?? "" });
    const back = await numbersAt({ before: third.previous ?? "" });
    const start = await numbersAt({ before: back.previous ?? "" });

    expect(first).toEqual({ products: [product(1), product(2)], next: product(2), previous: null });
    expect(second.products).toEqual([product(3), product(4)]);
    expect(third).toEqual({ products: [product(5)], next: null, previous: product(5) });
    expect(back).toEqual(second);
    expect(start).toEqual(first);
  });

  test("given 260 products, when one near the end is searched for, then following the pages finds it", async () => {
    const shopId = await shopWithProducts(260);

    const first = await searchGivingProducts(admin(), shopId, { search: "TITLE 259", limit: 10 });
    const second = await searchGivingProducts(admin(), shopId, {
      search: "TITLE 259",
      place: { after: first.next ?? "" },
      limit: 10,
    });

    expect(first.products).toEqual([]);
    expect(second.products.map(({ id }) => id)).toEqual([product(259)]);
    expect(second.next).toBeNull();
  });

  test("given a product deleted in Shopify, when it is not searched for, then it is listed without a title", async () => {
    const shopId = await shopWithProducts(2);

    const all = await searchGivingProducts(admin(product(1)), shopId, { limit: 10 });
    const searched = await searchGivingProducts(admin(product(1)), shopId, { search: "title", limit: 10 });

    expect(all.products.map(({ id, listing }) => [id, listing?.title])).toEqual([
      [product(1), undefined],
      [product(2), "Title 2"],
    ]);
    expect(searched.products.map(({ id }) => id)).toEqual([product(2)]);
  });
});

async function shopWithProducts(count: number): Promise<string> {
  const { id: shopId } = await createShop();
  for (let number = 1; number <= count; number++) await createAttachment({ shopId, productId: product(number) });
  return shopId;
}

/** An Admin API that knows every product but `deleted`. */
function admin(deleted?: string) {
  const graphql = async (_query: string, options?: { variables?: Record<string, unknown> }) => {
    const ids = options?.variables?.ids as string[];
    const nodes = ids.map((id) => (id === deleted ? null : known(id)));
    return Response.json({ data: { nodes } });
  };
  return { graphql };
}

function known(id: string) {
  const title = `Title ${Number(id.split("/").at(-1)) - 1000}`;
  return { id, title, status: "ACTIVE", featuredMedia: null, variantsCount: { count: 1 } };
}
