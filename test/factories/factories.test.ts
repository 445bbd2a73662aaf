import { expect, test } from "vitest";
import { db } from "~/db.server";
import { createGrant, createPool, openConnections } from ".";

test("given a pool with keys, when a grant takes one of them, then the key is granted and the rest stay", async () => {
  const pool = await createPool({ keys: ["A", "B"] });

  await createGrant({ poolId: pool.id, shopId: pool.shopId, key: "A" });

  expect(await db.poolKey.count({ where: { poolId: pool.id, state: "granted" } })).toBe(1);
  expect(await db.poolKey.count({ where: { poolId: pool.id, state: "available" } })).toBe(1);
});

test("given a cold pool, when 30 connections are opened, then the database knows at least 30", async () => {
  await openConnections(30);

  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database()`;
  expect(row?.count).toBeGreaterThanOrEqual(30);
});
