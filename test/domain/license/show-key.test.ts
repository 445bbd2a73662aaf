import { describe, expect, test } from "vitest";
import { db, inTransaction } from "~/db.server";
import { holdGrant } from "~/domain/grant/hold-grant.server";
import { showKey } from "~/domain/license/show-key.server";
import { createGrant, createPool, openConnections } from "../../factories";

const now = new Date("2026-01-15T12:00:00Z");

async function keyGrant(columns: Parameters<typeof createGrant>[0] = {}) {
  const { shopId, id: poolId } = await createPool();
  const grant = await createGrant({ shopId, poolId, key: "HIDDEN-0001", ...columns });
  return { shopId, grant, ask: { shopId, grantId: grant.id, proof: { orderId: grant.orderId }, now } };
}

const claims = (grantId: string) => db.auditEntry.count({ where: { grantId, action: "key_claimed" } });

describe("showKey", () => {
  test("given a hidden key, when its customer asks for it, then it is shown and the moment is kept", async () => {
    const { grant, ask } = await keyGrant();

    expect(await showKey(ask)).toEqual({ kind: "shown", key: "HIDDEN-0001" });

    expect((await db.grant.findUniqueOrThrow({ where: { id: grant.id } })).shownAt).toEqual(now);
    expect(await claims(grant.id)).toBe(1);
  });

  test("given a key that was shown, when it is asked for again, then the first moment stays", async () => {
    const { grant, ask } = await keyGrant();
    await showKey(ask);

    expect(await showKey({ ...ask, now: new Date("2026-02-01T00:00:00Z") })).toMatchObject({ key: "HIDDEN-0001" });

    expect((await db.grant.findUniqueOrThrow({ where: { id: grant.id } })).shownAt).toEqual(now);
    expect(await claims(grant.id)).toBe(1);
  });

  test("given a hidden key, when 12 places ask at once, then all see it and one moment is kept", async () => {
    const { grant, ask } = await keyGrant();
    await openConnections(12);

    const moments = Array.from({ length: 12 }, (_, second) => new Date(now.getTime() + second * 1000));
    const results = await Promise.all(moments.map((moment) => showKey({ ...ask, now: moment })));

    expect(results).toEqual(results.map(() => ({ kind: "shown", key: "HIDDEN-0001" })));
    expect(await claims(grant.id)).toBe(1);
  });

  test.each([
    ["waiting", { state: "waiting", key: undefined }],
    ["held", { state: "held" }],
    ["revoked", { state: "revoked", revokedBy: "order" }],
    ["expired", { expiresAt: now }],
  ] as const)(
    "given a key that is %s, when it is asked for, then it is refused and nothing is kept",
    async (reason, columns) => {
      const { grant, ask } = await keyGrant(columns);

      expect(await showKey(ask)).toEqual({ kind: "refused", reason });

      expect((await db.grant.findUniqueOrThrow({ where: { id: grant.id } })).shownAt).toBeNull();
      expect(await claims(grant.id)).toBe(0);
    },
  );

  test("given another's order, another shop or a file, when it is asked for, then there is no such key", async () => {
    const { shopId, ask } = await keyGrant();
    const other = await keyGrant();
    const file = await createGrant();
    const refused = { kind: "refused", reason: "not_found" };

    expect(await showKey({ ...ask, proof: { orderId: other.grant.orderId } })).toEqual(refused);
    expect(await showKey({ ...ask, proof: { customerId: null, checkoutToken: null } })).toEqual(refused);
    expect(await showKey({ ...ask, shopId: other.shopId })).toEqual(refused);
    expect(await showKey({ ...ask, grantId: "not-an-id" })).toEqual(refused);
    expect(await showKey({ shopId: file.shopId, grantId: file.id, proof: { orderId: file.orderId }, now })).toEqual(
      refused,
    );
    expect(await db.grant.count({ where: { shopId, shownAt: { not: null } } })).toBe(0);
  });

  test("given a revocation under way, when the key is asked for, then it waits for it and the key stays unseen", async () => {
    const { shopId, grant, ask } = await keyGrant();
    await openConnections(2);

    const asking = await inTransaction(async (tx) => {
      await holdGrant(tx, shopId, grant.id);
      const asked = showKey(ask);
      await new Promise((resolve) => setTimeout(resolve, 200)); // it waits meanwhile
      await tx.grant.update({ where: { id: grant.id }, data: { state: "revoked", revokedBy: "person" } });
      return { asked };
    });

    expect(await asking.asked).toEqual({ kind: "refused", reason: "revoked" });
    expect((await db.grant.findUniqueOrThrow({ where: { id: grant.id } })).shownAt).toBeNull();
  });
});
