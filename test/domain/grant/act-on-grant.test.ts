import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { extendGrant } from "~/domain/grant/extend-grant.server";
import { resetGrant } from "~/domain/grant/reset-grant.server";
import { restoreGrant } from "~/domain/grant/restore-grant.server";
import { revokeGrant } from "~/domain/grant/revoke-grant.server";
import { readKeys } from "~/domain/license/read-keys.server";
import { revealKey } from "~/domain/license/reveal-key.server";
import { createAttachment, createGrant, createOrder, createPool, openConnections } from "../../factories";

const now = new Date("2026-02-01T12:00:00Z");
const actor = "person:7";

describe("revokeGrant", () => {
  test("given an active grant, when a person revokes it, then it is revoked by a person and the audit says so", async () => {
    const { id: grantId, shopId, orderId } = await createGrant();

    const result = await revokeGrant({ shopId, grantId, actor, now });

    expect(result).toEqual({ kind: "revoked" });
    expect(await grantOf(grantId)).toMatchObject({ state: "revoked", revokedBy: "person", revokedAt: now });
    expect(await auditOf(shopId)).toEqual([expect.objectContaining({ actor, action: "revoked", grantId, orderId })]);
  });

  test("given a grant with a key, when it is revoked, then the key is revoked with it and nobody else gets it", async () => {
    const { grant } = await createKeyGrant();

    await revokeGrant({ shopId: grant.shopId, grantId: grant.id, actor, now });

    const key = await db.poolKey.findUnique({ where: { grantId: grant.id } });
    expect(key).toMatchObject({ state: "revoked" });
  });

  test("given eight clicks at once, when they all revoke, then it is revoked and recorded once", async () => {
    const { id: grantId, shopId } = await createGrant();
    await openConnections(8);

    const results = await Promise.all(Array.from({ length: 8 }, () => revokeGrant({ shopId, grantId, actor, now })));

    expect(results.filter(({ kind }) => kind === "revoked")).toHaveLength(1);
    expect(results).toContainEqual({ kind: "refused", reason: "already_revoked" });
    expect(await auditOf(shopId)).toHaveLength(1);
  });
});

describe("restoreGrant", () => {
  test("given a revoked file, when it is restored, then it is active again", async () => {
    const { id: grantId, shopId } = await createGrant({ state: "revoked", revokedBy: "person", revokedAt: now });

    const result = await restoreGrant({ shopId, grantId, actor });

    expect(result).toEqual({ kind: "restored", state: "active" });
    expect(await grantOf(grantId)).toMatchObject({ state: "active", revokedBy: null, revokedAt: null });
  });

  test("given a revoked key, when it is restored, then the customer has the same key again", async () => {
    const { grant } = await createKeyGrant();
    const { id: grantId, shopId } = grant;
    const before = await readKeys(db, shopId, [grantId]);
    await revokeGrant({ shopId, grantId, actor, now });

    await restoreGrant({ shopId, grantId, actor });

    expect(await readKeys(db, shopId, [grantId])).toEqual(before);
    expect(await db.poolKey.findUnique({ where: { grantId } })).toMatchObject({ state: "granted" });
  });

  test.each([
    ["an empty pool", 0, "waiting"],
    ["a pool with keys", 1, "active"],
  ])(
    "given it was revoked while it waited, when it is restored from %s, then it is as its pool allows",
    async (_, keys, state) => {
      const { id: poolId, shopId } = await createPool({ keys });
      const { id: grantId } = await createGrant({ shopId, poolId, state: "revoked", revokedBy: "person" });

      const result = await restoreGrant({ shopId, grantId, actor });

      expect(result).toEqual({ kind: "restored", state });
      expect((await readKeys(db, shopId, [grantId])).size).toBe(keys);
    },
  );

  test.each([
    ["refunded", { financialStatus: "refunded" }],
    ["cancelled", { cancelledAt: now }],
    ["not paid any more", { financialStatus: "pending" }],
    ["without that line's units", { lines: [{ quantity: 1, currentQuantity: 0 }] }],
  ])("given an order that is %s, when its grant is restored, then the order does not cover it", async (_, order) => {
    const { id: orderId, shopId } = await createOrder(order);
    const { id: grantId } = await createGrant({ orderId, shopId, state: "revoked", revokedBy: "order" });

    const result = await restoreGrant({ shopId, grantId, actor });

    expect(result).toEqual({ kind: "refused", reason: "order_does_not_cover" });
    expect(await grantOf(grantId)).toMatchObject({ state: "revoked", revokedBy: "order" });
  });

  test("given one of two units was refunded after a key was revoked, when it is restored, then one key stays one key", async () => {
    const { grant } = await createKeyGrant();
    const { id: grantId, shopId, orderId, lineId, attachmentId, poolId } = grant;
    await revokeGrant({ shopId, grantId, actor, now });
    await db.grant.create({ data: { shopId, orderId, lineId, attachmentId, poolId, unit: 1, state: "active" } });

    const result = await restoreGrant({ shopId, grantId, actor });

    expect(result).toEqual({ kind: "refused", reason: "order_does_not_cover" });
  });

  test("given three keys per unit, when the third is restored, then the order covers it", async () => {
    const { id: poolId, shopId } = await createPool();
    const order = await createOrder({ shopId });
    const line = order.lines[0];
    const attachment = await createAttachment({ poolId, productId: line?.productId ?? "", keysPerUnit: 3 });
    const base = { shopId, orderId: order.id, lineId: line?.id ?? "", attachmentId: attachment.id, poolId };
    await db.grant.createMany({ data: [0, 1].map((unit) => ({ ...base, unit, state: "active" as const })) });
    const third = await db.grant.create({ data: { ...base, unit: 2, state: "revoked", revokedBy: "person" } });

    expect(await restoreGrant({ shopId, grantId: third.id, actor })).toMatchObject({ kind: "restored" });
  });

  test("given eight clicks at once, when they all restore from a pool with keys, then one key is given", async () => {
    const { id: poolId, shopId } = await createPool({ keys: 8 });
    const { id: grantId } = await createGrant({ shopId, poolId, state: "revoked", revokedBy: "person" });
    await openConnections(8);

    const results = await Promise.all(Array.from({ length: 8 }, () => restoreGrant({ shopId, grantId, actor })));

    expect(results.filter(({ kind }) => kind === "restored")).toHaveLength(1);
    expect(await db.poolKey.count({ where: { poolId, state: "granted" } })).toBe(1);
  });

  test("given an active grant, when it is restored, then it is not revoked", async () => {
    const { id: grantId, shopId } = await createGrant();

    expect(await restoreGrant({ shopId, grantId, actor })).toEqual({ kind: "refused", reason: "not_revoked" });
  });
});

describe("resetGrant", () => {
  test("given a used up grant, when its count is reset, then its downloads can be used again", async () => {
    const { id: grantId, shopId } = await createGrant({ used: 5, downloadLimit: 5 });

    const result = await resetGrant({ shopId, grantId, actor });

    expect(result).toEqual({ kind: "reset" });
    expect(await grantOf(grantId)).toMatchObject({ used: 0, downloadLimit: 5 });
  });

  test("given nothing was downloaded, when the count is reset, then there was nothing to reset", async () => {
    const { id: grantId, shopId } = await createGrant();

    expect(await resetGrant({ shopId, grantId, actor })).toEqual({ kind: "refused", reason: "nothing_counted" });
  });
});

describe("extendGrant", () => {
  const end = new Date("2026-02-10T12:00:00Z");
  const terms = { expiresAt: end, downloadLimit: 5 };
  const more = { days: 10, downloads: 3, actor, now } as const;

  test("given a grant with an end and a limit, when it is extended, then both grow", async () => {
    const { id: grantId, shopId } = await createGrant(terms);

    const result = await extendGrant({ shopId, grantId, seen: terms, ...more });

    expect(result).toEqual({ kind: "extended", expiresAt: new Date("2026-02-20T12:00:00Z"), downloadLimit: 8 });
    expect(await grantOf(grantId)).toMatchObject({ expiresAt: new Date("2026-02-20T12:00:00Z"), downloadLimit: 8 });
  });

  test("given access has ended, when it is extended, then the days count from now", async () => {
    const seen = { ...terms, expiresAt: new Date("2026-01-01T00:00:00Z") };
    const { id: grantId, shopId } = await createGrant(seen);

    const result = await extendGrant({ shopId, grantId, seen, ...more });

    expect(result).toMatchObject({ expiresAt: new Date("2026-02-11T12:00:00Z") });
  });

  test("given the same request eight times at once, when it arrives, then it extends once", async () => {
    const { id: grantId, shopId } = await createGrant(terms);
    await openConnections(8);

    const results = await Promise.all(
      Array.from({ length: 8 }, () => extendGrant({ shopId, grantId, seen: terms, ...more })),
    );

    expect(results.filter(({ kind }) => kind === "extended")).toHaveLength(1);
    expect(results).toContainEqual({ kind: "refused", reason: "changed_meanwhile" });
    expect(await grantOf(grantId)).toMatchObject({ downloadLimit: 8 });
  });

  test("given no end and no limit, when it is extended, then there is nothing to extend", async () => {
    const seen = { expiresAt: null, downloadLimit: null };
    const { id: grantId, shopId } = await createGrant(seen);

    const result = await extendGrant({ shopId, grantId, seen, ...more });

    expect(result).toEqual({ kind: "refused", reason: "nothing_to_extend" });
  });

  test("given a revoked grant, when it is extended, then it is refused", async () => {
    const { id: grantId, shopId } = await createGrant({ ...terms, state: "revoked" });

    const result = await extendGrant({ shopId, grantId, seen: terms, ...more });

    expect(result).toEqual({ kind: "refused", reason: "revoked" });
  });
});

describe("revealKey", () => {
  test("given a key, when a person looks at it, then it is shown, recorded, and not seen by the customer", async () => {
    const { grant } = await createKeyGrant();
    const { id: grantId, shopId } = grant;

    const result = await revealKey({ shopId, grantId, actor });

    expect(result).toEqual({ kind: "revealed", key: "ABCD-1234" });
    expect(await grantOf(grantId)).toMatchObject({ shownAt: null });
    const audit = await auditOf(shopId);
    expect(audit).toEqual([expect.objectContaining({ actor, action: "key_revealed", grantId })]);
    expect(JSON.stringify(audit)).not.toContain("1234");
  });
});

describe("another shop's grant", () => {
  const foreign = { shopId: randomUUID(), actor, now } as const;

  test("given a grant of one shop, when another acts on it, then it is unknown and unchanged", async () => {
    const { grant } = await createKeyGrant();
    const target = { ...foreign, grantId: grant.id };
    const seen = { expiresAt: null, downloadLimit: null };

    const results = await Promise.all([
      revokeGrant(target),
      restoreGrant(target),
      resetGrant(target),
      extendGrant({ ...target, days: 1, downloads: 1, seen }),
    ]);

    expect(results).toEqual(results.map(() => ({ kind: "refused", reason: "unknown_grant" })));
    expect(await revealKey(target)).toEqual({ kind: "refused", reason: "no_key" });
    expect(await grantOf(grant.id)).toMatchObject({ state: "active" });
  });
});

async function createKeyGrant() {
  const { id: poolId, shopId } = await createPool({ keys: ["ABCD-1234"] });
  return { grant: await createGrant({ shopId, poolId, key: "ABCD-1234" }) };
}

function grantOf(id: string) {
  return db.grant.findUniqueOrThrow({ where: { id } });
}

function auditOf(shopId: string) {
  return db.auditEntry.findMany({ where: { shopId } });
}
