import { describe, expect, test } from "vitest";
import { findProduct } from "~/gateways/shopify/find-product.server";
import { listProducts, listProductsById } from "~/gateways/shopify/list-products.server";
import { ShopifyUnavailable } from "~/gateways/shopify/shopify-unavailable";

type Variables = Record<string, unknown>;

const guide = {
  id: "gid://shopify/Product/1",
  title: "Field Guide",
  status: "ACTIVE",
  featuredMedia: { preview: { image: { url: "https://cdn.example.com/guide.png" } } },
  variantsCount: { count: 1 },
};
const poster = { ...guide, id: "gid://shopify/Product/2", title: "Poster", status: "NEW", featuredMedia: null };
const pageInfo = { hasNextPage: true, hasPreviousPage: false, startCursor: "s", endCursor: "e" };

describe("listProducts", () => {
  test("given a first page, when products are listed, then each is told in our words, with the next page's cursor", async () => {
    const { admin } = answering({ products: { nodes: [guide, poster], pageInfo } });

    const page = await listProducts(admin, { limit: 2 });

    const imageUrl = "https://cdn.example.com/guide.png";
    expect(page).toEqual({
      products: [
        { id: guide.id, title: "Field Guide", status: "active", imageUrl, variantsCount: 1 },
        { id: poster.id, title: "Poster", status: "other", imageUrl: null, variantsCount: 1 },
      ],
      next: "e",
      previous: null,
    });
  });

  test.each([
    ["", null],
    ["field gui", "field gui*"],
    ['  "sound: (lib*"  ', "sound lib*"],
    ["title:x OR -y", "title x y*"],
  ])("given %j is typed, when products are searched, then Shopify is asked for %j", async (search, query) => {
    const { admin, asked } = answering({ products: { nodes: [], pageInfo } });

    await listProducts(admin, { search, limit: 5 });

    expect(asked).toMatchObject([{ query, first: 5 }]);
  });

  test("given a cursor to go back from, when products are listed, then the last before it are asked for", async () => {
    const { admin, asked } = answering({ products: { nodes: [], pageInfo } });

    await listProducts(admin, { place: { before: "s" }, limit: 5 });

    expect(asked).toEqual([{ last: 5, before: "s", query: null }]);
  });

  test.each([
    ["an answer of another shape", { products: { nodes: [{ id: 1 }] } }],
    ["no data", null],
  ])("given %s, when products are listed, then Shopify counts as unavailable", async (_, data) => {
    const { admin } = answering(data);

    await expect(listProducts(admin, { limit: 5 })).rejects.toThrow(ShopifyUnavailable);
  });

  test("given Shopify throttles, when products are listed, then it counts as unavailable", async () => {
    const admin = { graphql: () => Promise.reject(new Error("Throttled")) };

    await expect(listProducts(admin, { limit: 5 })).rejects.toThrow(ShopifyUnavailable);
  });
});

describe("query", () => {
  test.each([402, 404, 429, 500, 503])(
    "given Shopify answers %i, when it is asked, then it counts as unavailable",
    async (status) => {
      const admin = { graphql: () => Promise.reject(new Response(null, { status })) };

      await expect(listProducts(admin, { limit: 5 })).rejects.toThrow(ShopifyUnavailable);
    },
  );

  test.each([302, 401])(
    "given the merchant has to sign in again (%i), when Shopify is asked, then the browser hears so",
    async (status) => {
      const signIn = new Response(null, { status });
      const admin = { graphql: () => Promise.reject(signIn) };

      await expect(listProducts(admin, { limit: 5 })).rejects.toBe(signIn);
    },
  );
});

describe("listProductsById", () => {
  test("given one product that is gone, when they are read by id, then only the other is there", async () => {
    const { admin } = answering({ nodes: [null, poster] });

    const products = await listProductsById(admin, [guide.id, poster.id]);

    expect([...products.keys()]).toEqual([poster.id]);
  });

  test("given no ids, when they are read, then Shopify is not asked", async () => {
    const { admin, asked } = answering();

    expect(await listProductsById(admin, [])).toEqual(new Map());
    expect(asked).toEqual([]);
  });
});

describe("findProduct", () => {
  test("given more variants than fit a page, when the product is read, then all of them are there", async () => {
    const { admin, asked } = answering(productWith(["a", "b"], "cursor"), productWith(["c"], null));

    const product = await findProduct(admin, guide.id);

    expect(product?.variants.map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect(asked).toMatchObject([{ after: null }, { after: "cursor" }]);
  });

  test("given a product that was deleted, when it is read, then it is absent", async () => {
    const { admin } = answering({ product: null });

    expect(await findProduct(admin, guide.id)).toBeNull();
  });
});

function productWith(variantIds: string[], endCursor: string | null) {
  const nodes = variantIds.map((id) => ({ id, title: id, sku: null }));
  const variants = { nodes, pageInfo: { hasNextPage: endCursor !== null, endCursor } };
  return { product: { ...guide, hasOnlyDefaultVariant: false, variants } };
}

/** An Admin API that gives these answers, one after the other, and remembers with what it was asked. */
function answering(...answers: unknown[]) {
  const asked: Variables[] = [];
  const graphql = async (_query: string, options?: { variables?: Variables }) => {
    asked.push(options?.variables ?? {});
    return Response.json({ data: answers.shift() });
  };
  return { admin: { graphql }, asked };
}
