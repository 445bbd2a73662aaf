import { describe, expect, test } from "vitest";
import { givenBy, givenInShort, type Attached, type GivenThing } from "~/domain/attachment/given-by";

const productId = "gid://shopify/Product/1";
const mp3 = "gid://shopify/ProductVariant/11";
const wav = "gid://shopify/ProductVariant/12";

describe("givenBy", () => {
  test("given things of the product and of its variants, when a variant is bought, then it gets the product's and its own", () => {
    const attachments = [
      attached("a", null, file("guide")),
      attached("b", mp3, file("mp3")),
      attached("c", wav, file("wav")),
    ];

    expect(givenBy(mp3, attachments).map(({ id }) => id)).toEqual(["a", "b"]);
    expect(givenBy(wav, attachments).map(({ id }) => id)).toEqual(["a", "c"]);
  });

  test("given one pool on the product and on a variant, when the variant is bought, then the older counts", () => {
    const attachments = [attached("a", mp3, keys("pool", 2)), attached("b", null, keys("pool", 1))];

    expect(givenBy(mp3, attachments).map(({ id }) => id)).toEqual(["a"]);
    expect(givenBy(wav, attachments).map(({ id }) => id)).toEqual(["b"]);
  });
});

describe("givenInShort", () => {
  test.each<[GivenThing[], string[]]>([
    [[], []],
    [[file("a")], ["1 file"]],
    [[file("a"), file("a")], ["1 file"]],
    [
      [file("a"), file("b"), link("c"), keys("d", 1)],
      ["2 files", "1 link", "1 key per unit"],
    ],
    [[keys("a", 3)], ["3 keys per unit"]],
    [[keys("a", 1), keys("b", 2)], ["keys from 2 pools"]],
  ])("given %j, when it is told in short, then it is %j", (things, words) => {
    expect(givenInShort(things.map((thing, index) => attached(String(index), null, thing)))).toEqual(words);
  });
});

function attached(id: string, variantId: string | null, thing: GivenThing): Attached {
  const shops = { downloadLimit: null, accessDays: null, updatePolicy: null, updateMonths: null };
  return {
    id,
    productId,
    variantId,
    thing,
    terms: { ...shops, streamOnly: false, keysPerUnit: 1, instructions: null },
  };
}

function file(assetId: string): GivenThing {
  return { kind: "file", assetId, title: assetId, fileName: `${assetId}.zip`, sizeBytes: 1, isArchived: false };
}

function link(assetId: string): GivenThing {
  return { kind: "link", assetId, title: assetId, url: "https://example.com", isArchived: false };
}

function keys(poolId: string, keysPerUnit: number): GivenThing {
  return { kind: "keys", poolId, title: poolId, available: 1, keysPerUnit, isArchived: false };
}
