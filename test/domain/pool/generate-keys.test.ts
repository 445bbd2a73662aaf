import { describe, expect, test } from "vitest";
import { db, inTransaction } from "~/db.server";
import { decryptKey } from "~/domain/license/key-text.server";
import { changeRule } from "~/domain/pool/change-rule.server";
import { claimKeys } from "~/domain/pool/claim-keys.server";
import { generateKeys } from "~/domain/pool/generate-keys.server";
import { readTyped, type KeyRule } from "~/domain/pool/key-rule";
import { FIRST_RULE } from "~/domain/pool/key-sets";
import { createGrant, createPool, openConnections } from "../../factories";
import { untilOneWaits } from "../../setup/until-one-waits";

const actor = "person:1" as const;
const now = new Date("2026-11-21T12:00:00Z");

const fourDigits: KeyRule = { ...FIRST_RULE, characters: "0123456789", blocks: 1, blockLength: 4, hasCheck: false };

async function poolWith(part: { rule?: KeyRule; generatesOnDemand?: boolean; keys?: number; shopId?: string } = {}) {
  const { rule = FIRST_RULE, generatesOnDemand = false, ...options } = part;
  const { id: poolId, shopId } = await createPool(options);
  await db.pool.update({ where: { id: poolId }, data: { rule, generatesOnDemand } });
  return { poolId, shopId };
}

async function waitingGrants(poolId: string, count: number): Promise<string[]> {
  const { shopId } = await db.pool.findUniqueOrThrow({ where: { id: poolId } });
  const grants = [];
  for (let index = 0; index < count; index++) grants.push((await createGrant({ shopId, poolId, state: "waiting" })).id);
  return grants;
}

describe("generateKeys", () => {
  test("given a rule, when keys are made, then they are as many, each different and of the rule", async () => {
    const { poolId, shopId } = await poolWith();

    const result = await generateKeys({ shopId, poolId, count: 6_500, actor, now });

    expect(result).toEqual({ kind: "generated", count: 6_500, served: 0 });
    const keys = await db.poolKey.findMany({ where: { poolId, state: "available" } });
    const texts = keys.map((key) => decryptKey(shopId, key.ciphertext));
    expect(new Set(texts).size).toBe(6_500);
    for (const text of texts) expect(readTyped(FIRST_RULE, text)).toEqual({ kind: "key", text });
    expect(keys.every((key, index) => texts[index]?.endsWith(key.keyEnd))).toBe(true);
    expect(await db.auditEntry.findFirst({ where: { shopId, action: "keys_generated" } })).toMatchObject({
      actor,
      data: { poolId, added: 6_500, served: 0 },
    });
  });

  test("given customers who wait, when keys are made, then they are served, first come, first served", async () => {
    const { poolId, shopId } = await poolWith();
    const grantIds = await waitingGrants(poolId, 3);

    const result = await generateKeys({ shopId, poolId, count: 2, actor, now });

    expect(result).toMatchObject({ kind: "generated", served: 2 });
    const states = await db.grant.findMany({ where: { id: { in: grantIds } }, orderBy: { createdAt: "asc" } });
    expect(states.map((grant) => grant.state)).toEqual(["active", "active", "waiting"]);
  });

  test("given a rule of 10,000 keys, when one is asked for, then it is refused and says that none fits", async () => {
    const { poolId, shopId } = await poolWith({ rule: fourDigits });

    const result = await generateKeys({ shopId, poolId, count: 1, actor, now });

    expect(result).toEqual({ kind: "refused", reason: "too_many", room: 0 });
    expect(await db.poolKey.count({ where: { poolId } })).toBe(0);
  });

  test("given room for 44 keys and 40 in the pool, when five are asked for, then room for four is told", async () => {
    const rule = { ...fourDigits, blockLength: 12 }; // 10^12 keys: 44 × 45 / 2 pairs are at most one in 10^9
    const { poolId, shopId } = await poolWith({ rule, keys: 40 });

    const refused = await generateKeys({ shopId, poolId, count: 5, actor, now });

    expect(refused).toEqual({ kind: "refused", reason: "too_many", room: 4 });
    expect(await generateKeys({ shopId, poolId, count: 4, actor, now })).toMatchObject({ kind: "generated" });
  });

  test("given room for 44 keys, when 30 are asked for twice at once, then one is refused", async () => {
    const { poolId, shopId } = await poolWith({ rule: { ...fourDigits, blockLength: 12 } });
    await openConnections(4);

    const results = await Promise.all([1, 2].map(() => generateKeys({ shopId, poolId, count: 30, actor, now })));

    expect(results.map(({ kind }) => kind).sort()).toEqual(["generated", "refused"]);
    expect(await db.poolKey.count({ where: { poolId } })).toBe(30);
  });

  test.each([
    ["without a rule", "no_rule"],
    ["of another shop", "unknown_pool"],
  ] as const)("given a pool %s, when keys are asked for, then it is refused", async (which, reason) => {
    const { id: poolId, shopId } = await createPool();
    const asking = which === "of another shop" ? (await createPool()).shopId : shopId;

    expect(await generateKeys({ shopId: asking, poolId, count: 1, actor, now })).toEqual({ kind: "refused", reason });
  });
});

describe("a pool that makes keys on demand", () => {
  test("given one key left, when three are claimed, then it is given first and two are made", async () => {
    const { poolId, shopId } = await poolWith({ generatesOnDemand: true, keys: 1 });
    const grantIds = await waitingGrants(poolId, 3);

    const served = await inTransaction((tx) => claimKeys(tx, { shopId, poolId, grantIds }));

    expect(served).toEqual(grantIds);
    const keys = await db.poolKey.findMany({ where: { poolId }, orderBy: { seq: "asc" } });
    expect(keys.map((key) => [key.state, key.grantId])).toEqual(grantIds.map((id) => ["granted", id]));
  });

  test("given it is empty, when 32 orders claim at once, then all get keys and no two the same", async () => {
    const { poolId, shopId } = await poolWith({ generatesOnDemand: true });
    const orders: string[][] = [];
    for (let order = 0; order < 32; order++) orders.push(await waitingGrants(poolId, 2));
    await openConnections(32);

    const served = await Promise.all(
      orders.map((grantIds) => inTransaction((tx) => claimKeys(tx, { shopId, poolId, grantIds }))),
    );

    expect(served).toEqual(orders);
    const keys = await db.poolKey.findMany({ where: { poolId } });
    expect(new Set(keys.map((key) => decryptKey(shopId, key.ciphertext))).size).toBe(64);
    expect(new Set(keys.map((key) => key.grantId)).size).toBe(64);
  });

  test("given nearly every key of its rule exists, when keys are claimed, then those made are of the few left", async () => {
    const rule = { ...fourDigits, characters: "01", blockLength: 3 };
    const { poolId, shopId } = await poolWith({ rule, generatesOnDemand: true });
    const grantIds = await waitingGrants(poolId, 10);

    const served = await inTransaction((tx) => claimKeys(tx, { shopId, poolId, grantIds }));

    expect(served.length).toBeGreaterThan(0);
    expect(served.length).toBeLessThanOrEqual(8);
    expect(await db.poolKey.count({ where: { poolId, grantId: { in: served } } })).toBe(served.length);
  });

  test("given it does not make keys any more, when keys are claimed, then the customer waits", async () => {
    const { poolId, shopId } = await poolWith({ generatesOnDemand: false });
    const grantIds = await waitingGrants(poolId, 1);

    expect(await inTransaction((tx) => claimKeys(tx, { shopId, poolId, grantIds }))).toEqual([]);
  });
});

describe("changeRule", () => {
  test("given customers who wait, when the pool begins to make keys on demand, then they get theirs", async () => {
    const { id: poolId, shopId } = await createPool();
    const grantIds = await waitingGrants(poolId, 3);

    const result = await changeRule({ shopId, poolId, rule: FIRST_RULE, generatesOnDemand: true, actor, now });

    expect(result).toEqual({ kind: "changed", served: 3 });
    expect(await db.grant.count({ where: { id: { in: grantIds }, state: "active" } })).toBe(3);
  });

  test("given keys are being made by its rule, when another takes its place, then the pool knows of those keys", async () => {
    const { poolId, shopId } = await poolWith();
    await openConnections(6);

    const { making, changing } = await inTransaction(async (tx) => {
      await tx.$executeRaw`LOCK TABLE "PoolKey" IN SHARE MODE`; // so that they end no sooner
      const making = generateKeys({ shopId, poolId, count: 2, actor, now });
      await untilOneWaits();
      const changing = changeRule({ shopId, poolId, rule: fourDigits, generatesOnDemand: false, actor, now });
      await untilOneWaits(2);
      return { making, changing };
    });

    expect(await making).toMatchObject({ kind: "generated" });
    expect(await changing).toMatchObject({ kind: "changed" });
    expect(await db.pool.findUnique({ where: { id: poolId } })).toMatchObject({ hasOtherKeys: true });
  });

  test.each([
    ["no_rule", null],
    ["too_small", { ...FIRST_RULE, blocks: 2 }],
  ] as const)(
    "given a rule that is %s, when keys are to be made on demand, then it is refused",
    async (reason, rule) => {
      const { id: poolId, shopId } = await createPool();

      const result = await changeRule({ shopId, poolId, rule, generatesOnDemand: true, actor, now });

      expect(result).toEqual({ kind: "refused", reason });
      expect(await db.pool.findUnique({ where: { id: poolId } })).toMatchObject({
        rule: null,
        generatesOnDemand: false,
      });
    },
  );
});
