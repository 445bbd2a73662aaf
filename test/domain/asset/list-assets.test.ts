import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { assetSorts } from "~/domain/asset/asset-sort";
import { listAssets } from "~/domain/asset/list-assets.server";
import { createAsset, createAttachment, createShop } from "../../factories";

const titles = async (input: Parameters<typeof listAssets>[0]) =>
  (await listAssets(input)).assets.map((asset) => asset.title);

describe("listAssets", () => {
  test("given files, links and an upload under way, when they are listed, then what can be given is there, newest first", async () => {
    const { id: shopId } = await createShop();
    const file = await createAsset({
      shopId,
      title: "Guide",
      fileName: "guide.pdf",
      sizeBytes: 42,
      createdAt: new Date(1000),
    });
    await createAsset({ shopId, title: "Forum", url: "https://example.com/", createdAt: new Date(2000) });
    await createAsset({ shopId, title: "Arriving", state: "uploading" });
    await createAsset({ title: "Another shop's" });
    await createAttachment({ assetId: file.id });
    await createAttachment({ assetId: file.id, detachedAt: new Date() });

    const { assets } = await listAssets({ shopId });

    expect(assets).toMatchObject([
      { title: "Forum", kind: "link", sizeBytes: null, fileName: null, attachmentCount: 0 },
      { title: "Guide", kind: "file", sizeBytes: 42, fileName: "guide.pdf", versionNumber: 1, attachmentCount: 1 },
    ]);
  });

  test("given archived assets, when a status is asked for, then only those of it are listed", async () => {
    const { id: shopId } = await createShop();
    await createAsset({ shopId, title: "Active" });
    await createAsset({ shopId, title: "Archived", archivedAt: new Date() });

    expect(await titles({ shopId })).toEqual(["Active"]);
    expect(await titles({ shopId, status: "archived" })).toEqual(["Archived"]);
    expect(await titles({ shopId, status: "all", sort: "title-asc" })).toEqual(["Active", "Archived"]);
  });

  test("given titles in any case, when they are sorted by title, then the case does not count", async () => {
    const { id: shopId } = await createShop();
    for (const title of ["banana", "Apple", "cherry", "Über", "avocado"]) await createAsset({ shopId, title });

    expect(await titles({ shopId, sort: "title-asc" })).toEqual(["Apple", "avocado", "banana", "cherry", "Über"]);
  });

  test.each([
    ["GUIDE", ["Field Guide"]],
    ["100%", ["100% wool"]],
    ["a_b", ["a_b"]],
    ["\\", ["back\\slash"]],
    ["'; drop", []],
  ])("given titles with signs of SQL, when %j is searched, then it is found as written", async (search, found) => {
    const { id: shopId } = await createShop();
    for (const title of ["Field Guide", "100% wool", "100 wool", "a_b", "axb", "back\\slash"])
      await createAsset({ shopId, title });

    expect(await titles({ shopId, search })).toEqual(found);
  });

  test.each(assetSorts)(
    "given more assets than a page, many alike, when paged by %s and back, then each is there once",
    async (sort) => {
      const { id: shopId } = await createShop();
      for (let index = 0; index < 11; index += 1) {
        const createdAt = new Date(1000 * Math.floor(index / 3));
        await createAsset({
          shopId,
          title: `${index % 2 ? "t" : "T"}${index % 4}`,
          sizeBytes: 10 * (index % 5),
          createdAt,
        });
      }
      const whole = (await listAssets({ shopId, sort })).assets.map(({ id }) => id);

      const forth: string[][] = [];
      let page = await listAssets({ shopId, sort, limit: 4 });
      expect(page.previousCursor).toBeNull();
      forth.push(page.assets.map(({ id }) => id));
      while (page.nextCursor) {
        page = await listAssets({ shopId, sort, limit: 4, cursor: page.nextCursor });
        forth.push(page.assets.map(({ id }) => id));
      }
      const back: string[][] = [];
      while (page.previousCursor) {
        page = await listAssets({ shopId, sort, limit: 4, cursor: page.previousCursor });
        back.unshift(page.assets.map(({ id }) => id));
      }

      expect(new Set(whole).size).toBe(11);
      expect(forth.flat()).toEqual(whole);
      expect(back).toEqual(forth.slice(0, 2));
    },
  );

  test.each([
    "nonsense",
    "e30",
    Buffer.from('{"sort":"createdAt-desc","toward":"next","value":"x","id":"y"}').toString("base64url"),
  ])("given a cursor that is none (%s), when it is used, then the list begins at its start", async (cursor) => {
    const { id: shopId } = await createShop();
    await createAsset({ shopId, title: "One" });

    expect(await titles({ shopId, cursor })).toEqual(["One"]);
  });

  test("given 100,000 assets, when a page deep within is listed or searched, then it stays quick", async () => {
    const { id: shopId } = await createShop();
    await db.$executeRaw`
      INSERT INTO "Asset" (id, "shopId", kind, title, url, "sizeBytes", "createdAt", "updatedAt")
      SELECT gen_random_uuid(), ${shopId}::uuid, 'link', 'Track ' || md5(n::text), 'https://example.com', n % 5000,
        now() - n * interval '1 minute', now()
      FROM generate_series(1, 100000) n`;
    await db.$executeRaw`ANALYZE "Asset"`;

    const durations: Record<string, number> = {};
    for (const sort of assetSorts) {
      const middle = await db.asset.findFirstOrThrow({ where: { shopId, sizeBytes: 2500 } });
      const value = { c: middle.createdAt.toISOString(), t: middle.title, s: "2500" }[sort.charAt(0)];
      const cursor = Buffer.from(JSON.stringify({ sort, toward: "next", value, id: middle.id })).toString("base64url");
      const startedAt = performance.now();
      const page = await listAssets({ shopId, sort, cursor });
      durations[sort] = performance.now() - startedAt;
      expect(page.assets).toHaveLength(50);
    }
    for (const search of ["Track c4ca4238a0b9", "ac", "absent"]) {
      const startedAt = performance.now();
      await listAssets({ shopId, search });
      durations[search] = performance.now() - startedAt;
    }

    expect(Object.entries(durations).filter(([, ms]) => ms > 500)).toEqual([]);
  }, 60_000);
});
