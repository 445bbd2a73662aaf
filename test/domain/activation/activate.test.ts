import { describe, expect, test } from "vitest";
import { db, inTransaction } from "~/db.server";
import { activate } from "~/domain/activation/activate.server";
import { addActivation } from "~/domain/activation/add-activation.server";
import { blockFingerprint } from "~/domain/activation/block-fingerprint.server";
import { deactivate } from "~/domain/activation/deactivate.server";
import { resetActivations } from "~/domain/activation/reset-activations.server";
import { revokeGrant } from "~/domain/grant/revoke-grant.server";
import { createLicense, createPool, createShop, openConnections } from "../../factories";

const now = new Date("2026-01-15T12:00:00Z");
const actor = { id: "software" as const, ip: "192.0.2.7", userAgent: "Synth Pro/2.1" };

type License = { shopId: string; keyId: string };
type Over = Partial<Parameters<typeof activate>[0]>;

function activateOn(fingerprint: string, { shopId, keyId }: License, over: Over = {}) {
  return activate({ shopId, license: { keyId }, fingerprint, name: null, product: null, actor, now, ...over });
}

const deactivateOn = (fingerprint: string, { shopId, keyId }: License) =>
  deactivate({ shopId, license: { keyId }, fingerprint, actor });

const machines = (count: number) => Array.from({ length: count }, (_, index) => `machine-${index}`);
const activated = (results: { kind: string }[]) => results.filter(({ kind }) => kind === "activated").length;

describe("activate", () => {
  test("given a license for one machine, when a second machine activates, then it is refused and changes nothing", async () => {
    const license = await createLicense({ pool: { activationLimit: 1 } });
    await activateOn("first", license);

    const result = await activateOn("second", license);

    expect(result).toMatchObject({ kind: "refused", reason: "limit_reached" });
    expect(await db.activation.count({ where: { keyId: license.keyId } })).toBe(1);
    expect(await db.auditEntry.count({ where: { shopId: license.shopId } })).toBe(1);
  });

  test("given an activated machine, when it activates again, then no place is used up and its name stays", async () => {
    const license = await createLicense({ pool: { activationLimit: 1 } });
    await activateOn("laptop", license, { name: "Ada's laptop" });

    const again = await activateOn("laptop", license, { name: "Another name" });

    expect(again).toMatchObject({ kind: "activated", license: { machine: { used: 1 } } });
    expect(await db.activation.findMany({ where: { keyId: license.keyId }, select: { name: true } })).toEqual([
      { name: "Ada's laptop" },
    ]);
  });

  test("given places for three, when 50 machines activate at once, then three have one", async () => {
    const license = await createLicense({ pool: { activationLimit: 3 } });
    await openConnections(32);

    const results = await Promise.all(machines(50).map((fingerprint) => activateOn(fingerprint, license)));

    expect(activated(results)).toBe(3);
    expect(await db.activation.count({ where: { keyId: license.keyId } })).toBe(3);
  });

  test("given one machine, when it activates 50 times at once, then all succeed and it takes one place", async () => {
    const license = await createLicense({ pool: { activationLimit: 1 } });
    await openConnections(32);

    const results = await Promise.all(machines(50).map(() => activateOn("laptop", license)));

    expect(activated(results)).toBe(50);
    expect(await db.activation.count({ where: { keyId: license.keyId } })).toBe(1);
  });

  test("given machines activating, when the license is revoked meanwhile, then none is activated after the answer", async () => {
    for (let round = 0; round < 4; round++) {
      const license = await createLicense();
      await openConnections(32);
      let isAnswered = false;
      const revoke = async () => {
        await revokeGrant({ shopId: license.shopId, grantId: license.grant?.id ?? "", actor: "person:1", now });
        isAnswered = true;
        return db.activation.count({ where: { keyId: license.keyId } });
      };
      const race = machines(40).map(async (fingerprint, index) => {
        await new Promise((resolve) => setTimeout(resolve, index % 5));
        const startedAfter = isAnswered;
        const result = await activateOn(fingerprint, license);
        if (startedAfter) expect(result).toMatchObject({ kind: "refused", reason: "revoked" });
        return result;
      });
      const [atAnswer, ...results] = await Promise.all([revoke(), ...race]);

      const held = await db.activation.count({ where: { keyId: license.keyId } });
      expect(held).toBe(atAnswer);
      expect(activated(results)).toBe(held);
    }
  });

  test("given a license being revoked, when a machine activates before that is committed, then it waits and is refused", async () => {
    const license = await createLicense();
    await openConnections(4);
    let late: ReturnType<typeof activateOn> | undefined;

    await inTransaction(async (tx) => {
      await tx.grant.updateMany({ where: { id: license.grant?.id }, data: { state: "revoked" } });
      late = activateOn("laptop", license);
      await new Promise((resolve) => setTimeout(resolve, 300));
      await tx.poolKey.updateMany({ where: { id: license.keyId }, data: { state: "revoked" } });
    });

    expect(await late).toMatchObject({ kind: "refused", reason: "revoked" });
    expect(await db.activation.count({ where: { keyId: license.keyId } })).toBe(0);
  });

  test("given an order being held, when a machine activates before that is committed, then it waits and is refused", async () => {
    const license = await createLicense();
    await openConnections(4);
    let late: ReturnType<typeof activateOn> | undefined;

    await inTransaction(async (tx) => {
      await tx.grant.updateMany({ where: { id: license.grant?.id }, data: { state: "held" } });
      late = activateOn("laptop", license);
      await new Promise((resolve) => setTimeout(resolve, 300));
    });

    expect(await late).toMatchObject({ kind: "refused", reason: "held" });
  });

  test("given a blocked fingerprint, when it activates, then it is refused, and it takes no place from others", async () => {
    const license = await createLicense({ pool: { activationLimit: 1 } });
    const { shopId, keyId } = license;
    await db.activation.create({ data: { shopId, keyId, fingerprint: "thief", blockedAt: now } });

    expect(await activateOn("thief", license)).toMatchObject({ kind: "refused", reason: "blocked" });
    expect(await activateOn("laptop", license)).toMatchObject({ kind: "activated" });
  });

  test("given a suspended machine, when it activates, then it is refused, and it keeps its place", async () => {
    const license = await createLicense({ pool: { activationLimit: 1 } });
    const { shopId, keyId } = license;
    await db.activation.create({ data: { shopId, keyId, fingerprint: "laptop", suspendedAt: now } });

    expect(await activateOn("laptop", license)).toMatchObject({ kind: "refused", reason: "suspended" });
    expect(await activateOn("other", license)).toMatchObject({ kind: "refused", reason: "limit_reached" });
  });

  test("given a key that nobody bought, when it is activated, then it is unknown", async () => {
    const pool = await createPool({ keys: ["UNSOLD"] });
    const key = await db.poolKey.findFirstOrThrow({ where: { poolId: pool.id } });

    const result = await activateOn("laptop", { shopId: pool.shopId, keyId: key.id });

    expect(result).toEqual({ kind: "refused", reason: "unknown_key", license: null });
  });

  test("given a license of one shop, when it is activated at another, then it is unknown", async () => {
    const { keyId } = await createLicense();
    const other = await createShop();

    expect(await activateOn("laptop", { shopId: other.id, keyId })).toMatchObject({ reason: "unknown_key" });
  });

  test("given a license without an order, when it is activated, then it has a place like any other", async () => {
    const license = await createLicense({ isIssued: true, pool: { activationLimit: 2, name: "API keys" } });

    expect(await activateOn("server", license)).toMatchObject({
      kind: "activated",
      license: { title: "API keys", machine: { used: 1, state: "activated" } },
    });
  });

  test("given a key its customer has not been seen to read, when it is activated, then it counts as seen", async () => {
    const license = await createLicense();

    await activateOn("laptop", license);

    const grant = await db.grant.findUniqueOrThrow({ where: { id: license.grant?.id } });
    expect(grant.shownAt).toEqual(now);
  });

  test("given an activation, when it is recorded, then with whence it came, and without the key", async () => {
    const license = await createLicense({ text: "SECRET-KEY-WXYZ" });

    await activateOn("laptop", license, { name: "Ada's laptop" });

    const [entry] = await db.auditEntry.findMany({ where: { shopId: license.shopId } });
    expect(entry).toMatchObject({
      actor: "software",
      action: "license_activated",
      grantId: license.grant?.id,
      ip: "192.0.2.7",
      userAgent: "Synth Pro/2.1",
      data: { keyEnd: "WXYZ", machine: "Ada's laptop" },
    });
    expect(JSON.stringify(entry)).not.toContain("SECRET");
  });

  test.each([
    [59 * 60_000, 0],
    [60 * 60_000, 60 * 60_000],
  ])(
    "given a machine seen now, when it activates again %i ms later, then it was last seen after %i ms",
    async (after, seen) => {
      const license = await createLicense();
      await activateOn("laptop", license);

      await activateOn("laptop", license, { now: new Date(now.getTime() + after) });

      const { seenAt } = await db.activation.findFirstOrThrow({ where: { keyId: license.keyId } });
      expect(seenAt.getTime() - now.getTime()).toBe(seen);
    },
  );
});

describe("deactivate", () => {
  test("given every place taken, when one machine deactivates, then another has its place", async () => {
    const license = await createLicense({ pool: { activationLimit: 1 } });
    await activateOn("old", license);

    const result = await deactivateOn("old", license);

    expect(result).toMatchObject({ kind: "deactivated", license: { machine: { used: 0 } } });
    expect(await activateOn("new", license)).toMatchObject({ kind: "activated" });
  });

  test("given a machine without a place, when it deactivates, then it is told so", async () => {
    const license = await createLicense();

    expect(await deactivateOn("laptop", license)).toMatchObject({ kind: "refused", reason: "not_activated" });
  });

  test.each([
    ["suspended", { suspendedAt: now }],
    ["blocked", { blockedAt: now }],
  ])(
    "given a machine that is %s, when it deactivates to come back as new, then it stays %s",
    async (reason, column) => {
      const license = await createLicense();
      const { shopId, keyId } = license;
      await db.activation.create({ data: { shopId, keyId, fingerprint: "laptop", ...column } });

      expect(await deactivateOn("laptop", license)).toMatchObject({ kind: "refused", reason });
      expect(await activateOn("laptop", license)).toMatchObject({ kind: "refused", reason });
    },
  );

  test("given one machine, when it deactivates 20 times at once, then one place is freed, once, and the others are told", async () => {
    const license = await createLicense({ pool: { activationLimit: 2 } });
    for (const fingerprint of ["laptop", "desktop"]) await activateOn(fingerprint, license);
    await openConnections(20);

    const results = await Promise.all(Array.from({ length: 20 }, () => deactivateOn("laptop", license)));

    expect(results.filter(({ kind }) => kind === "deactivated")).toMatchObject([{ license: { machine: { used: 1 } } }]);
    expect(results.filter((result) => result.kind === "refused" && result.reason === "not_activated")).toHaveLength(19);
    expect(await db.auditEntry.count({ where: { shopId: license.shopId, action: "license_deactivated" } })).toBe(1);
  });

  test("given two places, when machines come and go, are added, suspended, blocked and reset all at once, then never more than two have one", async () => {
    const license = await createLicense({ pool: { activationLimit: 2 } });
    const { shopId, keyId } = license;
    await openConnections(32);
    const by = { shopId, keyId, actor: "person:1" as const, now };
    const blocked = "machine-4";
    const most: number[] = [];
    const count = async () => void most.push(await db.activation.count({ where: { keyId, blockedAt: null } }));

    for (let round = 0; round < 4; round++) {
      const done = await Promise.allSettled([
        ...machines(8).map((fingerprint) => activateOn(fingerprint, license).then(count)),
        ...machines(8).map((fingerprint) => addActivation({ ...by, fingerprint, name: null }).then(count)),
        ...machines(4).map((fingerprint) => deactivateOn(fingerprint, license)),
        blockFingerprint({ ...by, fingerprint: blocked }),
        resetActivations(by),
        ...machines(4).map((fingerprint) => activateOn(`late-${fingerprint}`, license).then(count)),
      ]);
      expect(done.filter(({ status }) => status === "rejected")).toEqual([]);
    }

    expect(Math.max(...most)).toBe(2);
    expect(await activateOn(blocked, license)).toMatchObject({ kind: "refused", reason: "blocked" });
  });

  test("given a revoked license, when a machine deactivates, then its place is free all the same", async () => {
    const license = await createLicense();
    await activateOn("laptop", license);
    await db.poolKey.update({ where: { id: license.keyId }, data: { state: "revoked" } });

    expect(await deactivateOn("laptop", license)).toMatchObject({ kind: "deactivated" });
  });
});
