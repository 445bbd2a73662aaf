import { setTimeout } from "node:timers/promises";
import { v7 as uuidV7 } from "uuid";
import { describe, expect, test } from "vitest";
import { db, inTransaction } from "~/db.server";
import { readKeys } from "~/domain/license/read-keys.server";
import { claimKeys } from "~/domain/pool/claim-keys.server";
import { importKeys } from "~/domain/key-import/import-keys.server";
import { createGrant, createPool, openConnections } from "../../factories";
import { csv } from "./csv";

const now = new Date("2026-01-15T12:00:00Z");

describe("claimKeys", () => {
  test("given keys in a pool, when grants claim them, then the oldest keys go to the grants in their order", async () => {
    const { id: poolId, shopId } = await createPool({ keys: ["A-1", "A-2", "A-3"] });
    const grantIds = await waitingGrants(shopId, poolId, 2);

    const served = await claimKeys(db, { shopId, poolId, grantIds });

    expect(served).toEqual(grantIds);
    expect([...(await readKeys(db, shopId, grantIds))]).toEqual(
      expect.arrayContaining([
        [grantIds[0], "A-1"],
        [grantIds[1], "A-2"],
      ]),
    );
  });

  test("given fewer keys than grants, when they claim, then the first of them are served", async () => {
    const { id: poolId, shopId } = await createPool({ keys: 2 });
    const grantIds = await waitingGrants(shopId, poolId, 3);

    const served = await claimKeys(db, { shopId, poolId, grantIds });

    expect(served).toEqual(grantIds.slice(0, 2));
  });

  test("given another shop's pool, when a grant claims from it, then it gets nothing", async () => {
    const { id: poolId, shopId } = await createPool({ keys: 1 });
    const grantIds = await waitingGrants(shopId, poolId, 1);

    expect(await claimKeys(db, { shopId: uuidV7(), poolId, grantIds })).toEqual([]);
  });

  test("given 200 keys, when 16 callers claim 160 of them at once, then every grant has a key of its own", async () => {
    const { id: poolId, shopId } = await createPool({ keys: 200 });
    const grantIds = await waitingGrants(shopId, poolId, 160);
    const shares = Array.from({ length: 16 }, (_, caller) => grantIds.slice(caller * 10, caller * 10 + 10));
    await openConnections(16);

    const served = await Promise.all(
      shares.map((share) => inTransaction((tx) => claimKeys(tx, { shopId, poolId, grantIds: share }))),
    );

    expect(served).toEqual(shares);
    expect(new Set((await readKeys(db, shopId, grantIds)).values()).size).toBe(160);
    expect(await db.poolKey.count({ where: { poolId, state: "available" } })).toBe(40);
  });

  test("given 10 keys, when 16 callers claim one each at once, then ten get one and no key is left", async () => {
    const { id: poolId, shopId } = await createPool({ keys: 10 });
    const grantIds = await waitingGrants(shopId, poolId, 16);
    await openConnections(16);

    const served = await Promise.all(
      grantIds.map((grantId) => inTransaction((tx) => claimKeys(tx, { shopId, poolId, grantIds: [grantId] }))),
    );

    expect(served.flat()).toHaveLength(10);
    expect(await db.poolKey.count({ where: { poolId, state: "granted" } })).toBe(10);
  });

  test("given a caller that has not committed yet, when another claims, then it does not wait", async () => {
    const { id: poolId, shopId } = await createPool({ keys: 2 });
    const [first = "", second = ""] = await waitingGrants(shopId, poolId, 2);
    await openConnections(2);

    const served = await inTransaction(async (tx) => {
      await claimKeys(tx, { shopId, poolId, grantIds: [first] });
      return inTransaction((other) => claimKeys(other, { shopId, poolId, grantIds: [second] }));
    });

    expect(served).toEqual([second]);
    expect(await db.poolKey.count({ where: { poolId, state: "granted" } })).toBe(2);
  });

  test("given an order that found the pool empty and has not committed, when keys are imported, then it is served", async () => {
    const { id: poolId, shopId } = await createPool();
    const [grantId = ""] = await waitingGrants(shopId, poolId, 1, "active");
    await openConnections(2);

    const filled = await inTransaction(async (tx) => {
      await claimKeys(tx, { shopId, poolId, grantIds: [grantId] });
      await tx.grant.update({ where: { id: grantId }, data: { state: "waiting" } });
      const importing = importKeys({ shopId, poolId, fileName: "keys.csv", body: csv("A-1"), now });
      await setTimeout(500);
      return { importing };
    });

    expect(await filled.importing).toMatchObject({ served: 1 });
    expect(await readKeys(db, shopId, [grantId])).toEqual(new Map([[grantId, "A-1"]]));
  });

  test("given orders that find the pool empty while it is filled, when all is done, then nobody waits beside a key", async () => {
    const { id: poolId, shopId } = await createPool();
    const grantIds = await waitingGrants(shopId, poolId, 24, "active");
    await openConnections(16);
    const order = (grantId: string) =>
      inTransaction(async (tx) => {
        const served = await claimKeys(tx, { shopId, poolId, grantIds: [grantId] });
        await tx.grant.update({ where: { id: grantId }, data: { state: served.length ? "active" : "waiting" } });
      });
    const fill = (part: number) =>
      importKeys({ shopId, poolId, fileName: "keys.csv", body: csv(keysOf(part, 6)), now });

    await Promise.all([
      ...grantIds.slice(0, 8).map(order),
      fill(1),
      ...grantIds.slice(8, 16).map(order),
      fill(2),
      ...grantIds.slice(16).map(order),
      fill(3),
    ]);

    const waiting = await db.grant.count({ where: { poolId, state: "waiting" } });
    const available = await db.poolKey.count({ where: { poolId, state: "available" } });
    expect({ waiting, available }).toEqual({ waiting: 6, available: 0 });
  });
});

function keysOf(part: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `PART-${part}-${index}`);
}

async function waitingGrants(shopId: string, poolId: string, count: number, state: "waiting" | "active" = "waiting") {
  const first = await createGrant({ shopId, poolId, state });
  const { id: _, order: _order, line: _line, asset: _asset, pool: _pool, ...columns } = first;
  const ids = Array.from({ length: count - 1 }, () => uuidV7());
  await db.grant.createMany({ data: ids.map((id, index) => ({ ...columns, id, unit: index + 1 })) });
  return [first.id, ...ids];
}
