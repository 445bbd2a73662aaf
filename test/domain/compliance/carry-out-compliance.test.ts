import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { acceptCompliance } from "~/domain/compliance/accept-compliance.server";
import { carryOutCompliance } from "~/domain/compliance/carry-out-compliance.server";
import { createDelivery } from "~/domain/delivery/create-delivery.server";
import { installShop } from "~/domain/shop/install-shop.server";
import { uninstallShop } from "~/domain/shop/uninstall-shop.server";
import { createAsset, createGrant, createOrder, createPool, createShop } from "../../factories";

const now = new Date("2026-03-01T12:00:00Z");

async function boughtKey() {
  const shop = await createShop();
  const pool = await createPool({ shopId: shop.id, keys: 3 });
  const order = await createOrder({ shopId: shop.id, email: "Ann@example.com" });
  const grant = await createGrant({ orderId: order.id, poolId: pool.id, key: "SYNTH-0001-SECRET" });
  await db.download.create({
    data: {
      shopId: shop.id,
      grantId: grant.id,
      at: now,
      ip: "192.0.2.7",
      userAgent: "Browser",
      outcome: "started",
      browserHash: new Uint8Array(32),
    },
  });
  await createDelivery(db, { shopId: shop.id, orderId: order.id, kind: "granted", now });
  return { shop, order, grant };
}

async function ask(
  shopId: string,
  topic: string,
  subject: { customerId?: string | null; email?: string; orderIds?: string[] },
) {
  const whole = { customerId: null, email: null, orderIds: [], ...subject };
  await acceptCompliance({ shopId, webhookId: `${topic}-${Math.random()}`, topic, subject: whole });
  const request = await db.complianceRequest.findFirstOrThrow({ where: { shopId }, orderBy: { id: "desc" } });
  await carryOutCompliance(request.id, now);
  return request.id;
}

describe("customers/data_request", () => {
  test("given a customer who bought, when their data is asked for, then the report holds all of it and no key", async () => {
    const { shop, order } = await boughtKey();

    const id = await ask(shop.id, "customers/data_request", { customerId: order.customerId });

    const request = await db.complianceRequest.findUniqueOrThrow({ where: { id } });
    const report = JSON.stringify(request.report);
    for (const held of [order.name, "Ann@example.com", "192.0.2.7", "Browser"]) expect(report).toContain(held);
    expect(report).not.toContain("SYNTH-0001");
    expect(request.report).toMatchObject({ orders: [{ deliveries: [{ kind: "granted", state: "queued" }] }] });
    expect(request).toMatchObject({ completedAt: now, payload: null });
  });
});

describe("customers/redact", () => {
  test("given a customer who bought, when redacted by address in other case, then what identifies is gone and counts stay", async () => {
    const { shop, order, grant } = await boughtKey();
    await ask(shop.id, "customers/data_request", { email: "ann@example.com" });

    await ask(shop.id, "customers/redact", { email: "ann@example.com" });

    expect(await db.order.findUniqueOrThrow({ where: { id: order.id } })).toMatchObject({
      email: null,
      customerId: null,
      checkoutTokenHash: null,
      redactedAt: now,
    });
    expect(await db.download.findFirstOrThrow({ where: { grantId: grant.id } })).toMatchObject({
      ip: null,
      userAgent: null,
    });
    expect(await db.grant.count({ where: { shopId: shop.id } })).toBe(1);
    const everything = JSON.stringify(await db.complianceRequest.findMany({ where: { shopId: shop.id } }));
    expect(everything.toLowerCase()).not.toContain("ann@example.com");
  });

  test("given another shop's customer of the same address, when one shop redacts, then the other keeps its order", async () => {
    const { shop } = await boughtKey();
    const other = await boughtKey();

    await ask(shop.id, "customers/redact", { email: "ann@example.com" });

    expect((await db.order.findUniqueOrThrow({ where: { id: other.order.id } })).email).toBe("Ann@example.com");
  });
});

describe("shop/redact", () => {
  test("given a shop that left, when redacted, then nothing of it is left and its objects are to be deleted", async () => {
    const { shop } = await boughtKey();
    const asset = await createAsset({ shopId: shop.id });
    await createGrant({ shopId: shop.id, assetId: asset.id });
    const other = await boughtKey();
    await uninstallShop(shop.domain, now);

    await ask(shop.id, "shop/redact", {});

    expect(await db.shop.findUnique({ where: { id: shop.id } })).toBeNull();
    const where = { shopId: shop.id };
    const left = [
      db.asset.count({ where }),
      db.poolKey.count({ where }),
      db.order.count({ where }),
      db.download.count({ where }),
    ];
    expect(await Promise.all(left)).toEqual([0, 0, 0, 0]);
    const jobs = await db.$queryRaw<
      { payload: { storageKeys?: string[] } }[]
    >`SELECT payload FROM graphile_worker._private_jobs`;
    expect(jobs.flatMap((job) => job.payload.storageKeys ?? [])).toContain(asset.versions[0]?.storageKey);
    expect(await db.grant.count({ where: { shopId: other.shop.id } })).toBe(1);
  });

  test("given a shop that is back within the 48 hours, when redacted, then it keeps everything", async () => {
    const { shop } = await boughtKey();
    await uninstallShop(shop.domain, now);
    await installShop(shop.domain, now);

    const id = await ask(shop.id, "shop/redact", {});

    expect(await db.grant.count({ where: { shopId: shop.id } })).toBe(1);
    expect(await db.complianceRequest.findUniqueOrThrow({ where: { id } })).toMatchObject({ completedAt: now });
  });
});
