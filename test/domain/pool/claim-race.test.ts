import { v7 as uuidV7 } from "uuid";
import { expect, test } from "vitest";
import { db, inTransaction } from "~/db.server";
import { importKeys } from "~/domain/key-import/import-keys.server";
import { readKeys } from "~/domain/license/read-keys.server";
import { claimKeys } from "~/domain/pool/claim-keys.server";
import { createGrant, createPool, openConnections } from "../../factories";
import { csv } from "./csv";

const now = new Date("2026-01-15T12:00:00Z");
const CONNECTIONS = 32;
const KEYS = 5_000;
const WANTS = 6_000;

/** Orders of one to five keys each, which want `WANTS` in all. */
function inOrders(grantIds: string[]): string[][] {
  const orders: string[][] = [];
  for (let from = 0; from < grantIds.length;) {
    const units = (orders.length % 5) + 1;
    orders.push(grantIds.slice(from, from + units));
    from += units;
  }
  return orders;
}

test(
  "given 5,000 keys, when 32 connections claim 6,000, then 5,000 customers have a key each and 1,000 wait; when 1,500 are imported, then exactly those are served, in order",
  { timeout: 180_000 },
  async () => {
    const { id: poolId, shopId } = await createPool({ keys: KEYS });
    const grantIds = await createWants(shopId, poolId);
    const orders = inOrders(grantIds);
    await openConnections(CONNECTIONS);

    const claim = (order: string[]) =>
      inTransaction(async (tx) => {
        const served = await claimKeys(tx, { shopId, poolId, grantIds: order });
        const rest = order.slice(served.length);
        if (rest.length > 0) await tx.grant.updateMany({ where: { id: { in: rest } }, data: { state: "waiting" } });
      });
    const lanes = Array.from({ length: CONNECTIONS }, async () => {
      for (let order = orders.pop(); order; order = orders.pop()) await claim(order);
    });
    await Promise.all(lanes);

    const holders = await db.poolKey.findMany({ where: { poolId, grantId: { not: null } }, select: { grantId: true } });
    const waiting = await db.grant.findMany({
      where: { poolId, state: "waiting" },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    });
    expect(new Set(holders.map(({ grantId }) => grantId)).size).toBe(KEYS);
    expect(waiting).toHaveLength(WANTS - KEYS);
    const held = new Set(holders.map(({ grantId }) => grantId));
    expect(waiting.filter(({ id }) => held.has(id))).toEqual([]);

    const texts = Array.from({ length: 1_500 }, (_, index) => `NEW-${String(index).padStart(4, "0")}`);
    const result = await importKeys({ shopId, poolId, fileName: "keys.csv", body: csv(texts), now });

    expect(result).toMatchObject({ served: WANTS - KEYS });
    const waitedIds = waiting.map(({ id }) => id);
    const got = await readKeys(db, shopId, waitedIds);
    expect(waitedIds.map((id) => got.get(id))).toEqual(texts.slice(0, WANTS - KEYS));
    expect(await db.grant.count({ where: { poolId, state: "active" } })).toBe(WANTS);
    expect(await db.poolKey.count({ where: { poolId, state: "available" } })).toBe(500);
  },
);

async function createWants(shopId: string, poolId: string): Promise<string[]> {
  const { id, order: _, line: __, asset: ___, pool: ____, ...columns } = await createGrant({ shopId, poolId });
  const ids = Array.from({ length: WANTS - 1 }, () => uuidV7());
  await db.grant.createMany({ data: ids.map((wantId, index) => ({ ...columns, id: wantId, unit: index + 1 })) });
  return [id, ...ids];
}
