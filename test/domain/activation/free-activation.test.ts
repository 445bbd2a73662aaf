import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { activate } from "~/domain/activation/activate.server";
import { addActivation } from "~/domain/activation/add-activation.server";
import { freeActivation } from "~/domain/activation/free-activation.server";
import { listCustomerLicenses } from "~/domain/activation/list-customer-licenses.server";
import { nameActivation } from "~/domain/activation/name-activation.server";
import { createLicense, openConnections } from "../../factories";

const caller = { ip: "192.0.2.7", userAgent: "Test Browser" };
const DAY_MS = 86_400_000;

/** A license with machines m-0, m-1, …, and how its customer asks to free one. */
async function usedLicense(machines: number, limit: number | null = null) {
  const license = await createLicense({ pool: { activationLimit: limit } });
  const { shopId, keyId, grant } = license;
  if (!grant) throw new Error("The license has no order");
  const now = new Date();
  for (let number = 0; number < machines; number++) {
    await addActivation({ shopId, keyId, fingerprint: `m-${number}`, name: null, actor: "person:1", now });
  }
  const activations = await db.activation.findMany({ where: { keyId }, orderBy: { fingerprint: "asc" } });
  const proof = { orderId: grant.orderId };
  const free = (activationId: string | undefined, at = new Date()) =>
    freeActivation({ shopId, activationId: activationId ?? "", proof, caller, now: at });
  return { ...license, grant, now, activations, proof, free };
}

const freed = (grantId: string) => db.auditEntry.count({ where: { grantId, action: "activation_freed" } });

describe("freeActivation", () => {
  test("given a machine, when its customer frees the place, then it is gone, counted and recorded with its address", async () => {
    const { grant, keyId, activations, free } = await usedLicense(2);

    expect(await free(activations[0]?.id)).toEqual({ kind: "freed", frees: { left: 2, nextAt: null } });

    expect(await db.activation.count({ where: { keyId } })).toBe(1);
    expect(await db.auditEntry.findFirst({ where: { grantId: grant.id, action: "activation_freed" } })).toMatchObject({
      actor: "customer",
      ip: caller.ip,
      data: { keyId, machine: "…-0" },
    });
  });

  test("given the month's frees used, when one more is asked for, then it says when the next is possible", async () => {
    const { grant, keyId, activations, free } = await usedLicense(4);
    for (const { id } of activations.slice(0, 3)) await free(id);
    const first = await db.auditEntry.findFirstOrThrow({
      where: { grantId: grant.id, action: "activation_freed" },
      orderBy: { at: "asc" },
    });

    const refused = await free(activations[3]?.id);

    const nextAt = new Date(first.at.getTime() + 30 * DAY_MS);
    expect(refused).toEqual({ kind: "refused", reason: "frees_used", frees: { left: 0, nextAt } });
    expect(await db.activation.count({ where: { keyId } })).toBe(1);
    expect(await free(activations[3]?.id, nextAt)).toMatchObject({ kind: "freed" });
  });

  test("given one machine, when it is freed from 10 places at once, then it counts once", async () => {
    const { grant, activations, free } = await usedLicense(1);
    await openConnections(10);

    const results = await Promise.all(Array.from({ length: 10 }, () => free(activations[0]?.id)));

    expect(results.filter(({ kind }) => kind === "freed")).toHaveLength(1);
    expect(results.filter((result) => result.kind === "refused" && result.reason === "not_found")).toHaveLength(9);
    expect(await freed(grant.id)).toBe(1);
  });

  test("given three frees a month, when ten machines are freed at once, then exactly three are", async () => {
    const { keyId, grant, activations, free } = await usedLicense(10);
    await openConnections(10);

    const results = await Promise.all(activations.map(({ id }) => free(id)));

    expect(results.filter(({ kind }) => kind === "freed")).toHaveLength(3);
    expect(results.filter((result) => result.kind === "refused" && result.reason === "frees_used")).toHaveLength(7);
    expect(await db.activation.count({ where: { keyId } })).toBe(7);
    expect(await freed(grant.id)).toBe(3);
  });

  test("given two places and one taken, when that is freed while six machines want one, then never more than two get one", async () => {
    await openConnections(8);
    for (let round = 0; round < 8; round++) {
      const { shopId, keyId, activations, free, now } = await usedLicense(1, 2);
      const wants = Array.from({ length: 6 }, (_, number) =>
        activate({
          shopId,
          license: { keyId },
          fingerprint: `new-${number}`,
          name: null,
          product: null,
          actor: "software",
          now,
        }),
      );

      const [result, ...activated] = await Promise.all([free(activations[0]?.id), ...wants]);

      expect(result).toMatchObject({ kind: "freed" });
      const count = activated.filter(({ kind }) => kind === "activated").length;
      expect([1, 2]).toContain(count);
      expect(await db.activation.count({ where: { keyId } })).toBe(count);
    }
  });

  test.each([
    ["suspended", "paused", { suspendedAt: new Date() }, {}],
    ["blocked", "not_found", { blockedAt: new Date() }, {}],
    ["of a revoked license", "not_found", {}, { state: "revoked", revokedBy: "order" }],
    ["of a held license", "not_found", {}, { state: "held" }],
    ["of an expired license", "not_found", {}, { expiresAt: new Date("2020-01-01T00:00:00Z") }],
  ] as const)(
    "given a machine %s, when it is freed, then it is refused and stays",
    async (_name, reason, columns, grantColumns) => {
      const { grant, keyId, activations, free } = await usedLicense(1);
      await db.activation.updateMany({ where: { keyId }, data: columns });
      await db.grant.update({ where: { id: grant.id }, data: grantColumns });

      expect(await free(activations[0]?.id)).toMatchObject({ kind: "refused", reason });
      expect(await db.activation.count({ where: { keyId } })).toBe(1);
    },
  );

  test("given a shop that lets customers free none, when one is freed, then it is refused", async () => {
    const { shopId, activations, free } = await usedLicense(1);
    await db.shop.update({ where: { id: shopId }, data: { freesPerMonth: 0 } });

    expect(await free(activations[0]?.id)).toMatchObject({ kind: "refused", reason: "frees_off" });
  });

  test("given another's order, another shop or no id, when freed or named, then there is no such machine", async () => {
    const mine = await usedLicense(1);
    const other = await usedLicense(1);
    const ask = {
      shopId: mine.shopId,
      activationId: mine.activations[0]?.id ?? "",
      proof: mine.proof,
      caller,
      now: new Date(),
    };
    const asks = [
      { ...ask, proof: other.proof },
      { ...ask, proof: { customerId: null, checkoutToken: null } },
      { ...ask, shopId: other.shopId },
      { ...ask, activationId: "x" },
    ];

    for (const wrong of asks) {
      expect(await freeActivation(wrong)).toMatchObject({ kind: "refused", reason: "not_found" });
      expect(await nameActivation({ ...wrong, name: "Mine" })).toEqual({ kind: "refused", reason: "not_found" });
    }
    expect(await db.activation.findUnique({ where: { id: ask.activationId } })).toMatchObject({ name: null });
  });
});

test("given a machine, when its customer names it twice the same, then the name stands and one line is written", async () => {
  const { shopId, grant, activations, proof } = await usedLicense(1);
  const ask = { shopId, activationId: activations[0]?.id ?? "", proof, caller, now: new Date(), name: "Studio" };

  await nameActivation(ask);
  await nameActivation(ask);

  const { [grant.id]: license } = Object.fromEntries(await listCustomerLicenses(shopId, [grant.id], new Date()));
  expect(license?.activations).toMatchObject([{ name: "Studio", fingerprintEnd: "-0", isPaused: false }]);
  expect(await db.auditEntry.count({ where: { grantId: grant.id, action: "activation_named" } })).toBe(1);
});

describe("listCustomerLicenses", () => {
  test("given a pool's limit, units and an own limit, when listed, then the limit is the one that holds", async () => {
    const perLine = await createLicense({ pool: { activationLimit: 2, keyFor: "line" }, grant: { units: 3 } });
    const own = await createLicense({
      shopId: perLine.shopId,
      pool: { activationLimit: 2 },
      key: { activationLimit: 0 },
    });
    const ids = [perLine, own].map(({ grant }) => grant?.id ?? "");

    const licenses = await listCustomerLicenses(perLine.shopId, ids, new Date());

    expect(ids.map((id) => licenses.get(id)?.activationLimit)).toEqual([6, null]);
  });

  test("given a blocked machine and 60 others, when listed, then it is not among them and the 50 seen last are", async () => {
    const { shopId, keyId, grant, activations } = await usedLicense(61);
    await db.activation.update({ where: { id: activations[0]?.id }, data: { blockedAt: new Date() } });
    await db.activation.update({
      where: { id: activations[1]?.id },
      data: { seenAt: new Date("2020-01-01T00:00:00Z") },
    });

    const license = (await listCustomerLicenses(shopId, [grant.id], new Date())).get(grant.id);

    expect(license?.used).toBe(60);
    expect(license?.activations).toHaveLength(50);
    const shown = license?.activations.map(({ id }) => id);
    expect(shown).not.toContain(activations[0]?.id);
    expect(shown).not.toContain(activations[1]?.id);
    expect(await db.activation.count({ where: { keyId } })).toBe(61);
  });
});
