import { afterEach, describe, expect, test, vi } from "vitest";
import { db, inTransaction, onOwnConnection } from "~/db.server";
import { keyHash } from "~/domain/license/key-text.server";
import { addKeys } from "~/domain/pool/add-keys.server";
import { changeKeys } from "~/domain/pool/change-keys.server";
import { claimKeys } from "~/domain/pool/claim-keys.server";
import { deleteKeys } from "~/domain/pool/delete-keys.server";
import { deletePool } from "~/domain/pool/delete-pool.server";
import { disableKeys } from "~/domain/pool/disable-keys.server";
import { enableKeys } from "~/domain/pool/enable-keys.server";
import { exportKeys } from "~/domain/pool/export-keys.server";
import { generateKeys } from "~/domain/pool/generate-keys.server";
import { FIRST_RULE } from "~/domain/pool/key-sets";
import { moveKeys } from "~/domain/pool/move-keys.server";
import { createGrant, createPool, openConnections } from "../../factories";
import { untilOneWaits } from "../../setup/until-one-waits";

const actor = "person:1" as const;
const now = new Date("2026-11-21T12:00:00Z");
const nothing = { activationLimit: null, expiresAt: null, note: null };

async function keysOf(poolId: string) {
  const keys = await db.poolKey.findMany({ where: { poolId }, orderBy: { seq: "asc" } });
  return keys.map(({ keyEnd, state }) => `${keyEnd} ${state}`);
}

async function idsOf(poolId: string): Promise<string[]> {
  const keys = await db.poolKey.findMany({ where: { poolId }, orderBy: { seq: "asc" }, select: { id: true } });
  return keys.map(({ id }) => id);
}

/** A pool with one key that is on sale and one that a customer has. */
async function soldPool() {
  const { id: poolId, shopId } = await createPool({ keys: ["FREE-0001"] });
  const grant = await createGrant({ shopId, poolId, key: "SOLD-0002" });
  return { poolId, shopId, grant };
}

describe("addKeys", () => {
  test("given a customer who waits, when two keys are added, then the customer gets the first", async () => {
    const { id: poolId, shopId } = await createPool();
    const grant = await createGrant({ shopId, poolId, state: "waiting" });
    const terms = { activationLimit: 0, expiresAt: now, note: "From support" };

    const result = await addKeys({ shopId, poolId, texts: ["AAA-0001", "BBB-0002"], ...terms, actor, now });

    expect(result).toEqual({ kind: "added", added: 2, served: 1 });
    const keys = await db.poolKey.findMany({ where: { poolId }, orderBy: { seq: "asc" } });
    expect(keys).toMatchObject([
      { keyEnd: "0001", state: "granted", grantId: grant.id, ...terms },
      { keyEnd: "0002", state: "available", ...terms },
    ]);
  });

  test("given one of two keys is in another pool, when both are added, then none is and it is named", async () => {
    const { shopId } = await createPool({ keys: ["HERE-0001"] });
    const { id: poolId } = await createPool({ shopId });

    const result = await addKeys({ shopId, poolId, texts: ["NEW-0002", "HERE-0001"], ...nothing, actor, now });

    expect(result).toEqual({ kind: "refused", reason: "already_here", ends: ["0001"] });
    expect(await keysOf(poolId)).toEqual([]);
  });
});

describe("addKeys at once", () => {
  test("given a key is just coming into another pool, when it is added here, then that is waited for and it is named", async () => {
    const { id: poolId, shopId } = await createPool();
    const { id: otherId } = await createPool({ shopId });
    await openConnections(4);

    const { adding } = await inTransaction(async (tx) => {
      await tx.poolKey.create({
        data: { shopId, poolId: otherId, keyHash: keyHash(shopId, "A-1"), keyEnd: "-1", ciphertext: Buffer.of(1) },
      });
      const adding = addKeys({ shopId, poolId, texts: ["A-1", "A-2"], ...nothing, actor, now });
      await untilOneWaits();
      return { adding };
    });

    expect(await adding).toEqual({ kind: "refused", reason: "already_here", ends: ["-1"] });
    expect(await db.poolKey.count({ where: { poolId } })).toBe(0);
  });
});

describe("changeKeys", () => {
  test("given two keys, when the note of one is changed, then the rest stays as it is", async () => {
    const { id: poolId, shopId } = await createPool({ keys: ["AAA-0001", "BBB-0002"] });
    const [first = ""] = await idsOf(poolId);
    await changeKeys({ shopId, poolId, choice: { keyIds: [first] }, changes: { activationLimit: 9 }, actor });

    const result = await changeKeys({ shopId, poolId, choice: { keyIds: [first] }, changes: { note: "VIP" }, actor });

    expect(result).toEqual({ count: 1 });
    expect(await db.poolKey.findMany({ where: { poolId }, orderBy: { seq: "asc" } })).toMatchObject([
      { note: "VIP", activationLimit: 9 },
      { note: null, activationLimit: null },
    ]);
  });
});

describe("disableKeys and enableKeys", () => {
  test("given a key on sale and one sold, when all are disabled, then the customer's stays good", async () => {
    const { poolId, shopId } = await soldPool();

    const result = await disableKeys({ shopId, poolId, choice: { filter: {} }, includesSold: false, actor });

    expect(result).toEqual({ count: 1 });
    expect(await keysOf(poolId)).toEqual(["0001 disabled", "0002 granted"]);
  });

  test("given sold keys are meant too, when all are disabled and enabled, then each is what it was", async () => {
    const { poolId, shopId } = await soldPool();
    const choice = { filter: {} };

    await disableKeys({ shopId, poolId, choice, includesSold: true, actor });
    const disabled = await keysOf(poolId);
    const result = await enableKeys({ shopId, poolId, choice, actor, now });

    expect(disabled).toEqual(["0001 disabled", "0002 disabled"]);
    expect(result).toEqual({ count: 2, served: 0 });
    expect(await keysOf(poolId)).toEqual(["0001 available", "0002 granted"]);
  });

  test("given a customer waits beside a disabled key, when it is enabled, then the customer gets it", async () => {
    const { id: poolId, shopId } = await createPool({ keys: ["AAA-0001"] });
    await disableKeys({ shopId, poolId, choice: { filter: {} }, includesSold: false, actor });
    const grant = await createGrant({ shopId, poolId, state: "waiting" });

    const result = await enableKeys({ shopId, poolId, choice: { filter: { state: "disabled" } }, actor, now });

    expect(result).toEqual({ count: 1, served: 1 });
    expect(await db.grant.findUnique({ where: { id: grant.id } })).toMatchObject({ state: "active" });
  });
});

describe("deleteKeys", () => {
  test("given keys on sale, disabled, sold, revoked and issued, when all are deleted, then only unsold ones go", async () => {
    const { poolId, shopId } = await soldPool();
    const { grant } = { grant: await createGrant({ shopId, poolId, key: "GONE-0003", state: "revoked" }) };
    await db.poolKey.updateMany({ where: { grantId: grant.id }, data: { state: "revoked" } });
    await addKeys({ shopId, poolId, texts: ["MADE-0004", "OFF-0005"], ...nothing, actor, now });
    await db.poolKey.updateMany({ where: { poolId, keyEnd: "0004" }, data: { state: "granted", issuedAt: now } });
    await db.poolKey.updateMany({ where: { poolId, keyEnd: "0005" }, data: { state: "disabled" } });

    const result = await deleteKeys({ shopId, poolId, choice: { filter: {} }, actor });

    expect(result).toEqual({ count: 2 });
    expect(await keysOf(poolId)).toEqual(["0002 granted", "0003 revoked", "0004 granted"]);
  });
});

describe("moveKeys", () => {
  test("given a customer waits in another pool, when keys are moved there, then the first is the customer's", async () => {
    const { poolId, shopId } = await soldPool();
    const { id: toPoolId } = await createPool({ shopId });
    await createGrant({ shopId, poolId: toPoolId, state: "waiting" });

    const result = await moveKeys({ shopId, poolId, toPoolId, choice: { filter: {} }, actor, now });

    expect(result).toEqual({ kind: "moved", count: 1, served: 1 });
    expect(await keysOf(poolId)).toEqual(["0002 granted"]);
    expect(await keysOf(toPoolId)).toEqual(["0001 granted"]);
  });

  test("given a pool of another shop, when keys are moved there, then it is refused and they stay", async () => {
    const { poolId, shopId } = await soldPool();
    const { id: toPoolId } = await createPool();

    const result = await moveKeys({ shopId, poolId, toPoolId, choice: { filter: {} }, actor, now });

    expect(result).toEqual({ kind: "refused", reason: "unknown_pool" });
    expect(await keysOf(poolId)).toEqual(["0001 available", "0002 granted"]);
  });
});

describe("exportKeys", () => {
  async function fileOf(input: Omit<Parameters<typeof exportKeys>[0], "actor">) {
    let file = "";
    for await (const piece of (await exportKeys({ ...input, actor })) ?? []) file += piece;
    return file;
  }

  test("given notes that look like formulas, when they are exported, then no cell is one", async () => {
    const { id: poolId, shopId } = await createPool({ keys: ["AAA-0001"] });
    await db.poolKey.updateMany({ where: { poolId }, data: { note: "=HYPERLINK(1,2)" } });

    const file = await fileOf({ shopId, poolId, choice: { filter: {} }, columns: ["note", "end"] });

    expect(file).toBe('\uFEFFend,note\r\n0001,"\'=HYPERLINK(1,2)"\r\n');
    expect(await db.auditEntry.count({ where: { shopId, action: "keys_exported" } })).toBe(0);
  });

  test("given more keys than a piece, when their texts are exported, then each is there once and it is recorded", async () => {
    const { id: poolId, shopId } = await createPool({ keys: 2_100 });

    const file = await fileOf({ shopId, poolId, choice: { filter: { state: "available" } }, columns: ["key"] });

    const texts = file.trimEnd().split("\r\n").slice(1);
    expect(texts).toEqual(texts.toSorted());
    expect(new Set(texts).size).toBe(2_100);
    expect(await db.auditEntry.findFirst({ where: { shopId, action: "keys_exported" } })).toMatchObject({
      data: { count: 2_100 },
    });
  });
});

describe("another shop's keys", () => {
  test("given keys of one shop, when another acts on them, then nothing happens", async () => {
    const { id: poolId, shopId: owner } = await createPool({ keys: ["AAA-0001"] });
    const { shopId } = await createPool();
    const target = { shopId, poolId, choice: { keyIds: await idsOf(poolId) }, actor, now };

    const results = await Promise.all([
      changeKeys({ ...target, changes: { note: "Mine" } }),
      disableKeys({ ...target, includesSold: true }),
      enableKeys(target),
      deleteKeys(target),
    ]);

    expect(results.map(({ count }) => count)).toEqual([0, 0, 0, 0]);
    expect(await exportKeys({ ...target, columns: ["key"] })).toBeNull();
    expect(await addKeys({ shopId, poolId, texts: ["B"], ...nothing, actor, now })).toMatchObject({ kind: "refused" });
    expect(await db.poolKey.findMany({ where: { shopId: owner } })).toMatchObject([{ state: "available", note: null }]);
  });
});

describe("a choice of very many keys", () => {
  afterEach(() => vi.useRealTimers());

  type Target = { shopId: string; poolId: string; toPoolId: string; choice: { filter: object }; actor: typeof actor };
  const acts: [string, (target: Target) => Promise<object>, object][] = [
    ["changed", (target) => changeKeys({ ...target, changes: { note: "new" } }), { count: 1 }],
    ["disabled", (target) => disableKeys({ ...target, includesSold: true }), { count: 1 }],
    ["enabled", (target) => enableKeys({ ...target, now }), { count: 1 }],
    ["deleted", (target) => deleteKeys(target), { count: 1 }],
    ["moved", (target) => moveKeys({ ...target, now }), { count: 1 }],
    ["deleted with their pool", (target) => deletePool({ ...target, now }), { kind: "deleted" }],
  ];

  test.each(acts)("given it takes a minute, when they are %s, then they are", async (done, act, expected) => {
    const { id: poolId, shopId } = await createPool({ keys: 1 });
    const { id: toPoolId } = await createPool({ shopId });
    if (done === "enabled") await db.poolKey.updateMany({ where: { poolId }, data: { state: "disabled" } });
    await openConnections(4);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });

    const { acting } = await onOwnConnection(async (client) => {
      await client.query(`BEGIN`);
      await client.query(`SELECT 1 FROM "PoolKey" WHERE "poolId" = $1 FOR UPDATE`, [poolId]);
      const acting = act({ shopId, poolId, toPoolId, choice: { filter: {} }, actor });
      acting.catch(() => {});
      await untilOneWaits();
      await vi.advanceTimersByTimeAsync(60_000);
      await client.query(`COMMIT`);
      return { acting };
    });

    expect(await acting).toMatchObject(expected);
  });
});

describe("while orders claim", () => {
  const acts = {
    deleted: (target: { shopId: string; poolId: string }) => deleteKeys({ ...target, choice: { filter: {} }, actor }),
    disabled: (target: { shopId: string; poolId: string }) =>
      disableKeys({ ...target, choice: { filter: {} }, includesSold: false, actor }),
    moved: async (target: { shopId: string; poolId: string }) => {
      const { id: toPoolId } = await createPool({ shopId: target.shopId });
      return moveKeys({ ...target, toPoolId, choice: { filter: {} }, actor, now });
    },
  };

  test.each(Object.keys(acts) as (keyof typeof acts)[])(
    "given an order holds a key it claimed, when all keys are %s, then that key stays the order's",
    async (act) => {
      const { id: poolId, shopId } = await createPool({ keys: 2 });
      const grant = await createGrant({ shopId, poolId, state: "waiting" });
      await openConnections(4);

      const acting = await inTransaction(async (tx) => {
        await claimKeys(tx, { shopId, poolId, grantIds: [grant.id] });
        const started = acts[act]({ shopId, poolId });
        await untilOneWaits();
        return { started };
      });
      await acting.started;

      expect(await db.poolKey.findMany({ where: { grantId: grant.id } })).toMatchObject([{ poolId, state: "granted" }]);
      expect(await db.poolKey.count({ where: { poolId, state: "available" } })).toBe(0);
    },
  );

  test("given notes of all keys are being changed, when an order claims one, then it waits for that and gets its key", async () => {
    const { id: poolId, shopId } = await createPool({ keys: 2 });
    const grant = await createGrant({ shopId, poolId, state: "waiting" });
    const held = await db.poolKey.findFirstOrThrow({ where: { poolId }, orderBy: { seq: "desc" } });
    await openConnections(6);

    const { changing, claiming } = await inTransaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "PoolKey" WHERE id = ${held.id}::uuid FOR UPDATE`; // so that it ends no sooner
      const changing = changeKeys({ shopId, poolId, choice: { filter: {} }, changes: { note: "new" }, actor });
      await untilOneWaits();
      const claiming = inTransaction((other) => claimKeys(other, { shopId, poolId, grantIds: [grant.id] }));
      await untilOneWaits(2);
      return { changing, claiming };
    });

    expect(await changing).toEqual({ count: 2 });
    expect(await claiming).toEqual([grant.id]);
  });

  test("given an order just found too few keys, when keys are made before it is done, then it gets its key from them", async () => {
    const { id: poolId, shopId } = await createPool();
    await db.pool.update({ where: { id: poolId }, data: { rule: FIRST_RULE } });
    const grant = await createGrant({ shopId, poolId, state: "held" });
    await openConnections(4);

    const { making } = await inTransaction(async (tx) => {
      await tx.grant.update({ where: { id: grant.id }, data: { state: "waiting" } });
      expect(await claimKeys(tx, { shopId, poolId, grantIds: [grant.id] })).toEqual([]);
      const making = generateKeys({ shopId, poolId, count: 1, actor, now });
      await untilOneWaits();
      return { making };
    });

    expect(await making).toMatchObject({ kind: "generated", served: 1 });
  });

  test("given orders claim and keys are made at once, when all is done, then nobody waits and no key is had twice", async () => {
    const { id: poolId, shopId } = await createPool({ keys: 10 });
    await db.pool.update({ where: { id: poolId }, data: { rule: FIRST_RULE } });
    const grantIds: string[] = [];
    for (let index = 0; index < 24; index++) {
      grantIds.push((await createGrant({ shopId, poolId, state: "waiting" })).id);
    }
    await openConnections(30);

    const claims = grantIds.map((grantId) =>
      inTransaction(async (tx) => {
        await tx.$queryRaw`SELECT 1 FROM "Pool" WHERE id = ${poolId}::uuid FOR SHARE`;
        await tx.$queryRaw`SELECT 1 FROM "Grant" WHERE id = ${grantId}::uuid AND state = 'waiting' FOR UPDATE`;
        if (await tx.poolKey.findFirst({ where: { grantId } })) return;
        const served = await claimKeys(tx, { shopId, poolId, grantIds: [grantId] });
        await tx.grant.updateMany({ where: { id: { in: served } }, data: { state: "active" } });
      }),
    );
    await Promise.all([...claims, generateKeys({ shopId, poolId, count: 14, actor, now })]);

    expect(await db.grant.count({ where: { poolId, state: "waiting" } })).toBe(0);
    const granted = await db.poolKey.findMany({ where: { poolId, state: "granted" } });
    expect(new Set(granted.map(({ grantId }) => grantId)).size).toBe(24);
  });
});
