import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { watchPools } from "~/domain/pool/watch-pools.server";
import { listPools } from "~/domain/pool/list-pools.server";
import { listConcerns } from "~/domain/shop/list-concerns.server";
import { runSendDigests } from "~/jobs/send-digests.server";
import type { Mailbox } from "../../../sandbox/mailbox/mailbox";
import { createGrant, createPool, createShop, openConnections } from "../../factories";
import { startTestMailbox } from "../../setup/mailbox";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const now = new Date("2026-01-15T12:00:00Z");
const later = (hours: number) => new Date(now.getTime() + hours * HOUR_MS);

let mailbox: Mailbox;
let number = 0;
beforeAll(async () => {
  mailbox = await startTestMailbox(() => ({}));
});

/** A pool of ten keys, of a shop whose merchant has an address; `sell` sells so many more of them. */
async function poolOfTen() {
  const supportAddress = `merchant-${(number += 1)}@shop.example`;
  const shop = await createShop({ supportAddress });
  const pool = await createPool({ shopId: shop.id, name: "Synth keys", keys: 10 });
  const take = async (count: number, from: "available" | "granted", state: "granted" | "available") => {
    const keys = await db.poolKey.findMany({ where: { poolId: pool.id, state: from }, take: count });
    await db.poolKey.updateMany({ where: { id: { in: keys.map(({ id }) => id) } }, data: { state } });
  };
  return {
    shop,
    pool,
    supportAddress,
    sell: (count: number) => take(count, "available", "granted"),
    refill: (count: number) => take(count, "granted", "available"),
    stored: () => db.pool.findUniqueOrThrow({ where: { id: pool.id } }),
    mails: () => mailbox.messages(supportAddress),
  };
}

describe("watchPools", () => {
  test("given 3 of 10 keys are left, when one more is sold, then the pool runs low from then on", async () => {
    const { sell, stored } = await poolOfTen();
    await sell(7);
    await watchPools(now);
    const before = (await stored()).lowSince;
    await sell(1);

    await watchPools(later(1));
    await watchPools(later(2));

    expect(before).toBeNull();
    expect((await stored()).lowSince).toEqual(later(1));
  });

  test("given a pool that runs low, when it is filled, then it no longer does", async () => {
    const { sell, refill, stored } = await poolOfTen();
    await sell(9);
    await watchPools(now);
    await refill(5);

    await watchPools(later(1));

    expect((await stored()).lowSince).toBeNull();
  });

  test("given two workers watch at once, when a pool crosses its mark, then one of them marks it", async () => {
    const { sell } = await poolOfTen();
    await watchPools(now);
    await sell(9);
    await openConnections(4);

    const seen = await Promise.all([1, 2, 3, 4].map((hour) => watchPools(later(hour))));

    expect(seen.map(({ crossed }) => crossed).reduce((sum, count) => sum + count)).toBe(1);
  });

  test.each([
    ["archived", { archivedAt: now }],
    ["making its own keys", { generatesOnDemand: true }],
  ])("given a pool that is %s, when it is empty, then nobody is bothered", async (_, columns) => {
    const { pool, sell, stored } = await poolOfTen();
    await db.pool.update({ where: { id: pool.id }, data: columns });
    await sell(10);

    await watchPools(now);

    expect((await stored()).lowSince).toBeNull();
  });
});

describe("a pool that crossed its mark", () => {
  test("given it sold two keys a day, when digests are sent again and again, then its merchant hears once, with how long it lasts", async () => {
    const { pool, sell, mails } = await poolOfTen();
    await sell(8);
    await db.pool.update({ where: { id: pool.id }, data: { createdAt: new Date(now.getTime() - 4 * DAY_MS) } });
    for (let day = 0; day < 4; day++) {
      const createdAt = new Date(now.getTime() - day * DAY_MS);
      await createGrant({ shopId: pool.shopId, poolId: pool.id, createdAt });
    }
    await watchPools(now);

    for (const hours of [0, 1, 2, 3]) await runSendDigests({}, later(hours));

    expect(mails()).toMatchObject([{ subject: "Synth keys: keys are running low" }]);
    expect(mails()[0]?.text).toContain("Synth keys: 2 keys are left, enough for about 2 days");
    expect(mails()[0]?.text).toContain("/app/pools");
  });

  test("given it was filled and runs low again, when digests are sent, then its merchant hears again", async () => {
    const { sell, refill, mails } = await poolOfTen();
    await sell(9);
    await watchPools(now);
    await runSendDigests({}, later(1));
    await refill(9);
    await watchPools(later(2));
    await sell(9);
    await watchPools(later(3));

    await runSendDigests({}, later(4));

    expect(mails()).toHaveLength(2);
  });

  test("given it was filled before the digest went out, when digests are sent, then nobody is written to", async () => {
    const { sell, refill, mails } = await poolOfTen();
    await sell(9);
    await watchPools(now);
    await refill(9);

    await runSendDigests({}, later(1));

    expect(mails()).toEqual([]);
  });

  test("given nobody waits for its keys, when Home is opened, then it is a concern; once filled it is none", async () => {
    const { shop, pool, sell, refill } = await poolOfTen();
    await sell(9);
    await watchPools(now);
    const { lowPools } = await listConcerns(shop, now);
    await refill(9);

    expect(lowPools).toEqual([{ id: pool.id, name: "Synth keys", available: 1, daysLeft: null }]);
    expect((await listConcerns(shop, now)).lowPools).toEqual([]);
  });

  test("given customers wait for its keys, when Home is opened, then it is told of once, as run out", async () => {
    const { shop, pool, sell } = await poolOfTen();
    await sell(10);
    await createGrant({ shopId: shop.id, poolId: pool.id, state: "waiting" });
    await watchPools(now);

    expect(await listConcerns(shop, now)).toMatchObject({ lowPools: [], starvedPools: [{ id: pool.id, waiting: 1 }] });
  });
});

describe("listPools", () => {
  test("given keys sold on some days, when pools are listed, then each day is counted, the oldest first", async () => {
    const { shop, pool } = await poolOfTen();
    const daysAgo = [0, 0, 0.5, 3.1, 13.9, 14.1];
    for (const days of daysAgo) {
      const createdAt = new Date(now.getTime() - days * DAY_MS);
      await createGrant({ shopId: shop.id, poolId: pool.id, createdAt });
    }

    const [listed] = await listPools(shop.id, { now });

    expect(listed?.sold).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 3]);
  });
});
