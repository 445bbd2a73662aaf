import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { db, inTransaction } from "~/db.server";
import { createImport } from "~/domain/key-import/create-import.server";
import { issueLicense } from "~/domain/license/issue-license.server";
import { archivePool } from "~/domain/pool/archive-pool.server";
import { changePool } from "~/domain/pool/change-pool.server";
import { claimKeyToIssue } from "~/domain/pool/claim-key-to-issue.server";
import { createPool as makePool } from "~/domain/pool/create-pool.server";
import { deletePool } from "~/domain/pool/delete-pool.server";
import { findPool } from "~/domain/pool/find-pool.server";
import { FIRST_RULE } from "~/domain/pool/key-sets";
import { findKeys, listKeys } from "~/domain/pool/list-keys.server";
import { listPools } from "~/domain/pool/list-pools.server";
import { serveStarvedPools } from "~/domain/pool/serve-starved-pools.server";
import { createAttachment, createGrant, createPool, createShop, openConnections } from "../../factories";
import { untilOneWaits } from "../../setup/until-one-waits";

const now = new Date("2026-01-15T12:00:00Z");
const actor = "person:7" as const;
const license = {
  key: null,
  email: null,
  reference: null,
  activationLimit: null,
  expiresAt: null,
  note: null,
  actor,
  now,
};

async function poolOfOne() {
  const { id: poolId, shopId, name } = await createPool({ keys: 1 });
  return { poolId, shopId, name };
}

describe("createPool", () => {
  test("given a shop, when a pool is created, then it is there, empty", async () => {
    const { id: shopId } = await createShop();

    const result = await makePool({ shopId, name: "Keys", activationLimit: 3, actor });

    expect(result).toMatchObject({ kind: "created" });
    expect(await listPools(shopId)).toEqual([
      expect.objectContaining({ name: "Keys", activationLimit: 3, available: 0, granted: 0, revoked: 0, waiting: 0 }),
    ]);
  });

  test("given eight people create a pool of one name at once, when all are done, then there is one", async () => {
    const { id: shopId } = await createShop();
    await openConnections(8);

    const results = await Promise.all(
      Array.from({ length: 8 }, () => makePool({ shopId, name: "Keys", activationLimit: null })),
    );

    expect(results.filter(({ kind }) => kind === "created")).toHaveLength(1);
    expect(results).toContainEqual({ kind: "refused", reason: "name_taken" });
  });
});

describe("listPools", () => {
  test("given keys in every state and a grant that waits, when pools are listed, then each is counted", async () => {
    const { id: poolId, shopId } = await createPool({ keys: ["A", "B", "C"] });
    await createGrant({ shopId, poolId, key: "A" });
    await createGrant({ shopId, poolId, state: "waiting" });
    const revoked = await db.poolKey.findFirstOrThrow({ where: { poolId, state: "available" } });
    await db.poolKey.update({ where: { id: revoked.id }, data: { state: "revoked" } });

    const [pool] = await listPools(shopId);

    expect(pool).toMatchObject({ available: 1, granted: 1, revoked: 1, waiting: 1 });
  });

  test("given an archived pool, when pools are listed, then it is there only when asked for", async () => {
    const { id: poolId, shopId } = await createPool();
    await archivePool({ shopId, poolId, archive: true, actor, now });

    expect(await listPools(shopId)).toEqual([]);
    expect(await listPools(shopId, { includeArchived: true })).toHaveLength(1);
  });
});

describe("changePool", () => {
  test("given a pool, when it is renamed, then it has the new name and limit", async () => {
    const { id: poolId, shopId } = await createPool();

    const result = await changePool({ shopId, poolId, settings: { name: "New", activationLimit: 5 }, actor });

    expect(result).toEqual({ kind: "changed" });
    expect(await findPool(shopId, poolId)).toMatchObject({ name: "New", activationLimit: 5 });
  });

  test("given another pool of that name, when a pool is renamed, then it is refused", async () => {
    const { id: poolId, shopId } = await createPool();
    await createPool({ shopId, name: "Taken" });

    const result = await changePool({ shopId, poolId, settings: { name: "Taken" }, actor });

    expect(result).toEqual({ kind: "refused", reason: "name_taken" });
  });
});

describe("deletePool", () => {
  test("given keys nobody got, when the pool is deleted, then it is gone with them", async () => {
    const { id: poolId, shopId } = await createPool({ keys: 3 });
    await createAttachment({ poolId, detachedAt: now });

    expect(await deletePool({ shopId, poolId, actor, now })).toEqual({ kind: "deleted" });

    expect(await findPool(shopId, poolId)).toBeNull();
    expect(await db.poolKey.count({ where: { poolId } })).toBe(0);
  });

  test("given a customer got a key that was revoked since, when the pool is deleted, then it is kept", async () => {
    const { id: poolId, shopId } = await createPool();
    await createGrant({ shopId, poolId, state: "revoked", key: "A" });

    expect(await deletePool({ shopId, poolId, actor, now })).toEqual({ kind: "refused", reason: "gave_keys" });
  });

  test("given the merchant's software took a key of it, when the pool is deleted, then it is kept", async () => {
    const { shopId, poolId, name } = await poolOfOne();
    await issueLicense({ ...license, shopId, pool: name });

    expect(await deletePool({ shopId, poolId, actor, now })).toEqual({ kind: "refused", reason: "gave_keys" });
  });

  test("given the merchant's software takes a key of it at this moment, when the pool is deleted, then that waits and it is kept", async () => {
    const { shopId, poolId } = await poolOfOne();
    await openConnections(4);

    const { deleting } = await inTransaction(async (tx) => {
      await claimKeyToIssue(tx, { shopId, poolId });
      const deleting = deletePool({ shopId, poolId, actor, now });
      await untilOneWaits();
      return { deleting };
    });

    expect(await deleting).toEqual({ kind: "refused", reason: "gave_keys" });
    expect(await db.poolKey.count({ where: { poolId } })).toBe(1);
  });

  test("given a browser just sends a file of keys, when the pool is deleted, then the file is removed, and again when it has come", async () => {
    const { shopId, poolId } = await poolOfOne();
    await createImport({ shopId, poolId, fileName: "keys.csv", sizeBytes: 9, actor, now });

    await deletePool({ shopId, poolId, actor, now });

    const removals = await db.$queryRaw<{ run_at: Date }[]>`
      SELECT run_at FROM graphile_worker.jobs WHERE task_identifier = 'delete_objects' ORDER BY run_at`;
    expect(removals).toHaveLength(2);
    expect(removals).toContainEqual({ run_at: new Date(now.getTime() + 86_400_000) });
  });

  test("given a product gives its keys, when the pool is deleted, then it is kept", async () => {
    const { id: poolId, shopId } = await createPool({ keys: 1 });
    await createAttachment({ poolId });

    expect(await deletePool({ shopId, poolId, actor, now })).toEqual({ kind: "refused", reason: "attached" });
  });
});

describe("listKeys", () => {
  test("given more keys than a page, when pages are turned forth and back, then each key is on one page", async () => {
    const { id: poolId, shopId } = await createPool({ keys: 7 });
    const page = (cursor?: string) => listKeys({ shopId, poolId, cursor, limit: 3 });

    const first = await page();
    const second = await page(first.next ?? undefined);
    const third = await page(second.next ?? undefined);

    const ends = [first, second, third].map(({ keys }) => keys.map(({ end }) => end));
    expect(ends).toEqual([["0001", "0002", "0003"], ["0004", "0005", "0006"], ["0007"]]);
    expect({ before: first.previous, after: third.next }).toEqual({ before: null, after: null });
    expect(await page(third.previous ?? undefined)).toEqual(second);
    expect((await page(second.previous ?? undefined)).keys).toEqual(first.keys);
  });

  test("given a granted key, when granted keys are listed, then it names the order it went to", async () => {
    const { id: poolId, shopId } = await createPool({ keys: 2 });
    const { order } = await createGrant({ shopId, poolId, key: "SOLD-0001" });

    const { keys } = await listKeys({ shopId, poolId, filter: { state: "granted" } });

    expect(keys).toMatchObject([{ end: "0001", state: "granted", order: { id: order.id, name: order.name } }]);
  });

  test("given a cursor that is none, when keys are listed, then the list begins at the beginning", async () => {
    const { id: poolId, shopId } = await createPool({ keys: 1 });

    expect((await listKeys({ shopId, poolId, cursor: "after-' OR 1=1" })).keys).toHaveLength(1);
  });
});

describe("findKeys", () => {
  test("given a key, when it is searched by its full text with space around it, then it is found", async () => {
    const { id: poolId, shopId } = await createPool({ keys: ["ABCD-1234"] });

    expect(await findKeys(shopId, poolId, " ABCD-1234\n")).toMatchObject([{ end: "1234", state: "available" }]);
  });

  test("given a key of another pool, when it is searched here, then it is not found", async () => {
    const { shopId } = await createPool({ keys: ["ABCD-1234"] });
    const { id: poolId } = await createPool({ shopId });

    expect(await findKeys(shopId, poolId, "ABCD-1234")).toEqual([]);
  });
});

describe("findKeys by last characters", () => {
  test.each([
    ["1234", ["1234", "1234"]],
    ["…34", ["1234", "1234"]],
    ["xy", ["99XY"]],
    ["%", []],
    ["B-1234", []],
  ])("given three keys, when %j is searched, then those that end so are found", async (typed, ends) => {
    const { id: poolId, shopId } = await createPool({ keys: ["ABCD-1234", "BCDE-1234", "CDEF-99XY"] });

    expect((await findKeys(shopId, poolId, typed)).map(({ end }) => end)).toEqual(ends);
  });

  test("given a pool with a rule, when a key is typed with look-alikes, then the exact key is found", async () => {
    const { id: poolId, shopId } = await createPool({ keys: ["10ABC-00000"] });
    await db.pool.update({ where: { id: poolId }, data: { rule: { ...FIRST_RULE, blocks: 2, hasCheck: false } } });

    expect(await findKeys(shopId, poolId, "lo abc OOOOO")).toHaveLength(1);
  });
});

describe("serveStarvedPools", () => {
  test("given a grant waits beside a key, when pools are looked after, then it gets the key", async () => {
    const { id: poolId, shopId } = await createPool({ keys: 1 });
    const { id: grantId } = await createGrant({ shopId, poolId, state: "waiting" });

    await serveStarvedPools();

    expect(await db.grant.findUnique({ where: { id: grantId } })).toMatchObject({ state: "active" });
  });
});

describe("another shop's pool", () => {
  test("given a pool of one shop, when another asks or acts, then it is unknown and unchanged", async () => {
    const { id: poolId, name } = await createPool({ keys: ["ABCD-1234"] });
    const shopId = randomUUID();

    const results = await Promise.all([
      changePool({ shopId, poolId, settings: { name: "Mine" }, actor }),
      archivePool({ shopId, poolId, archive: true, actor, now }),
      deletePool({ shopId, poolId, actor, now }),
    ]);

    expect(results).toEqual(results.map(() => ({ kind: "refused", reason: "unknown_pool" })));
    expect(await findPool(shopId, poolId)).toBeNull();
    expect((await listKeys({ shopId, poolId })).keys).toEqual([]);
    expect(await findKeys(shopId, poolId, "ABCD-1234")).toEqual([]);
    expect(await db.pool.findUnique({ where: { id: poolId } })).toMatchObject({ name, archivedAt: null });
  });
});
