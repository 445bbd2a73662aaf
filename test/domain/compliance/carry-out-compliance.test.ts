import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { recordAudit } from "~/domain/audit/record.server";
import { acceptCompliance } from "~/domain/compliance/accept-compliance.server";
import { carryOutCompliance } from "~/domain/compliance/carry-out-compliance.server";
import { createDelivery } from "~/domain/delivery/create-delivery.server";
import { installShop } from "~/domain/shop/install-shop.server";
import { uninstallShop } from "~/domain/shop/uninstall-shop.server";
import { createAsset, createGrant, createLicense, createOrder, createPool, createShop } from "../../factories";

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

const machine = { ip: "192.0.2.8", createdAt: now, seenAt: now };

/** A shop whose customer has a key by an order and one without, both on a machine, and a message sent. */
async function licensedCustomer() {
  const { shop, order, grant } = await boughtKey();
  const sold = await db.poolKey.findFirstOrThrow({ where: { grantId: grant.id } });
  const issued = await createLicense({
    shopId: shop.id,
    isIssued: true,
    text: "ISSUED-0001-HIDDEN",
    key: { holderEmail: "ann@example.com", reference: "crm/Ann@example.com", note: "Ann, by phone" },
  });
  const keyIds = [sold.id, issued.keyId];
  for (const keyId of keyIds) {
    const shared = { ...machine, shopId: shop.id, keyId };
    await db.activation.createMany({
      data: [
        { ...shared, fingerprint: `laptop of ${keyId}`, name: "Ann's laptop" },
        { ...shared, fingerprint: `stolen ${keyId}`, name: "Ann's phone", blockedAt: now },
      ],
    });
  }
  await db.delivery.updateMany({ where: { orderId: order.id }, data: { address: "ann@example.com", state: "sent" } });
  const done = {
    shopId: shop.id,
    action: "license_activated",
    data: { keyId: sold.id, machine: "Ann's laptop" },
  } as const;
  await recordAudit(db, {
    ...done,
    actor: { id: "software", ip: "192.0.2.8", userAgent: "Synth/1" },
    orderId: order.id,
  });
  await recordAudit(db, {
    ...done,
    actor: { id: "software", ip: "192.0.2.8", userAgent: "Synth/1" },
    data: { keyId: issued.keyId, machine: "Ann's laptop" },
  });
  await recordAudit(db, {
    ...done,
    actor: { id: "person:42", ip: "198.51.100.1", userAgent: "Staff" },
    orderId: order.id,
  });
  const reference = "crm/Ann@example.com";
  await recordAudit(db, { shopId: shop.id, actor: "worker", action: "license_issued", data: { reference } });
  return { shop, order, keyIds, sold, issued };
}

/** Everything in the database that belongs to a shop, as text. */
async function allOf(shopId: string): Promise<string> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT table_name::text AS name FROM information_schema.columns
    WHERE column_name = 'shopId' AND table_schema = 'public'`;
  const rows = await Promise.all(
    tables.map(({ name }) => {
      return db.$queryRawUnsafe<object[]>(`SELECT to_jsonb(t) FROM "${name}" t WHERE "shopId" = '${shopId}'`);
    }),
  );
  return JSON.stringify(rows.flat());
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

describe("a customer's licenses", () => {
  test("given licenses, machines and messages, when their data is asked for, then the report holds them, and no key and no staff's address", async () => {
    const { shop, order } = await licensedCustomer();

    const id = await ask(shop.id, "customers/data_request", { customerId: order.customerId });

    const { report } = await db.complianceRequest.findUniqueOrThrow({ where: { id } });
    expect(report).toMatchObject({
      orders: [
        {
          deliveries: [{ address: "ann@example.com" }],
          history: [{ action: "license_activated", ip: "192.0.2.8", userAgent: "Synth/1" }],
        },
      ],
      licenses: [{ keyEnd: "DDEN", holderEmail: "ann@example.com", reference: "crm/Ann@example.com" }],
    });
    const text = JSON.stringify(report);
    expect(text.match(/Ann's laptop/g)?.length).toBeGreaterThanOrEqual(2);
    expect(text).not.toMatch(/SYNTH-0001|ISSUED-0001|198\.51\.100\.1/);
  });

  test("given licenses and machines, when the customer is redacted, then nothing names them, and licenses, blocks and staff's doings stay", async () => {
    const { shop, order, keyIds, sold, issued } = await licensedCustomer();
    const body = '{"email": "Ann@Example.com"}';
    const rejected = { shopDomain: shop.domain, topic: "orders/paid", reason: "no lines", body };
    await db.rejectedWebhook.create({ data: { ...rejected, webhookId: "1" } });
    await db.rejectedWebhook.create({ data: { ...rejected, webhookId: "2", body: "{}" } });
    await ask(shop.id, "customers/data_request", { customerId: order.customerId, orderIds: [order.shopifyId] });

    await ask(shop.id, "customers/redact", { customerId: order.customerId });

    const left = await allOf(shop.id);
    for (const word of ["ann@example", "ann's", "by phone", "192.0.2", "Synth/1", "laptop of"]) {
      expect(left.toLowerCase()).not.toContain(word.toLowerCase());
    }
    expect(await db.rejectedWebhook.findMany({ where: { shopDomain: shop.domain } })).toMatchObject([{ body: "{}" }]);
    expect(await db.poolKey.count({ where: { id: { in: keyIds }, state: "granted" } })).toBe(2);
    const activations = await db.activation.findMany({ where: { shopId: shop.id }, orderBy: { keyId: "asc" } });
    expect(activations.map(({ fingerprint }) => fingerprint).toSorted()).toEqual(
      [`stolen ${sold.id}`, `stolen ${issued.keyId}`].toSorted(),
    );
    expect(activations).toMatchObject([
      { blockedAt: now, ip: null },
      { blockedAt: now, ip: null },
    ]);
    const staff = await db.auditEntry.findFirstOrThrow({ where: { shopId: shop.id, actor: "person:42" } });
    expect(staff).toMatchObject({ ip: "198.51.100.1", userAgent: "Staff" });
  });

  test("given another customer with licenses, when one is redacted, then the other keeps all", async () => {
    const { shop, order } = await licensedCustomer();
    const other = await createLicense({ shopId: shop.id, isIssued: true, key: { holderEmail: "bob@example.com" } });
    const shared = { ...machine, shopId: shop.id, fingerprint: "bob", name: "Bob's laptop" };
    await db.activation.create({ data: { ...shared, keyId: other.keyId } });

    await ask(shop.id, "customers/redact", { customerId: order.customerId });

    expect(await db.poolKey.findUnique({ where: { id: other.keyId } })).toMatchObject({
      holderEmail: "bob@example.com",
    });
    expect(await db.activation.findMany({ where: { keyId: other.keyId } })).toMatchObject([{ name: "Bob's laptop" }]);
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
  /** A shop that left, with something in every table that knows shops. */
  async function goneShop() {
    const { shop } = await licensedCustomer();
    const { id: shopId } = shop;
    const asset = await createAsset({ shopId });
    const { poolId } = await db.poolKey.findFirstOrThrow({ where: { shopId } });
    await createGrant({ shopId, assetId: asset.id });
    const file = await db.keyImport.create({
      data: {
        ...{ shopId, poolId: poolId, fileName: "keys.csv", added: 1, duplicates: 0, bad: 0, report: {} },
        ...{ storageKey: `shops/${shopId}/imports/1`, reportKey: `shops/${shopId}/imports/1.report` },
      },
    });
    const staged = { importId: file.id, id: file.id, keyEnd: "0001" };
    await db.stagedKey.createMany({ data: [1, 2, 3].map((line) => ({ ...staged, line })) });
    await db.apiToken.create({
      data: { shopId, name: "t", tokenHash: Buffer.from(shopId), tokenEnd: "1", scopes: [], actor: "person:42" },
    });
    await db.signingKey.create({ data: { shopId, publicJwk: {}, ciphertext: new Uint8Array(40) } });
    await db.guess.create({ data: { shopId, ip: "192.0.2.7" } });
    await db.bulkRun.create({ data: { shopId, kind: "dry_run", input: {}, actor: "person:42" } });
    await db.sweep.create({ data: { shopId, from: now } });
    await uninstallShop(shop.domain, now);
    return { shop, asset, file };
  }

  async function rowsLeft(shopId: string): Promise<string> {
    return (await allOf(shopId)).replace("[]", "");
  }

  async function objectsToDelete(): Promise<string[]> {
    const jobs = await db.$queryRaw<{ payload: { storageKeys?: string[] } }[]>`
      SELECT payload FROM graphile_worker._private_jobs`;
    return jobs.flatMap((job) => job.payload.storageKeys ?? []);
  }

  test("given a shop that left, when redacted, then no table has anything of it, its objects are to be deleted, and others keep theirs", async () => {
    const { shop, asset, file } = await goneShop();
    const other = await boughtKey();

    await ask(shop.id, "shop/redact", {});

    expect(await db.shop.findUnique({ where: { id: shop.id } })).toBeNull();
    expect(await rowsLeft(shop.id)).toBe("");
    expect(await db.stagedKey.count({ where: { importId: file.id } })).toBe(0);
    const objects = await objectsToDelete();
    expect(objects).toEqual(expect.arrayContaining([asset.versions[0]?.storageKey, file.storageKey, file.reportKey]));
    expect(await db.grant.count({ where: { shopId: other.shop.id } })).toBe(1);
  });

  test("given more rows than a batch, when it stops half way and is repeated, then it goes on to the end", async () => {
    const { shop } = await goneShop();
    const pool = await createPool({ shopId: shop.id, keys: 4_500 });
    await db.$executeRawUnsafe(`
      CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the machine went down'; END $$;
    `);
    await db.$executeRawUnsafe(`CREATE TRIGGER crash BEFORE DELETE ON "Order" FOR EACH ROW EXECUTE FUNCTION crash()`);

    await expect(ask(shop.id, "shop/redact", {})).rejects.toThrow("the machine went down");
    await db.$executeRawUnsafe(`DROP TRIGGER crash ON "Order"`);
    const half = await db.poolKey.count({ where: { poolId: pool.id } });
    const request = await db.complianceRequest.findFirstOrThrow({ where: { shopId: shop.id } });
    await carryOutCompliance(request.id, now);

    expect(half).toBe(0);
    expect(await rowsLeft(shop.id)).toBe("");
    expect(await db.shop.findUnique({ where: { id: shop.id } })).toBeNull();
  });

  test("given a redaction half done, when the merchant installs again, then it is a new shop, which the rest does not touch", async () => {
    const { shop } = await goneShop();
    await db.$executeRawUnsafe(
      `CREATE OR REPLACE FUNCTION halt() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'down'; END $$`,
    );
    await db.$executeRawUnsafe(`CREATE TRIGGER halt BEFORE DELETE ON "Grant" FOR EACH ROW EXECUTE FUNCTION halt()`);
    await expect(ask(shop.id, "shop/redact", {})).rejects.toThrow("down");
    await db.$executeRawUnsafe(`DROP TRIGGER halt ON "Grant"`);

    await installShop(shop.domain, now);
    const back = await db.shop.findUniqueOrThrow({ where: { domain: shop.domain } });
    await createPool({ shopId: back.id, keys: 2 });
    const request = await db.complianceRequest.findFirstOrThrow({ where: { shopId: shop.id } });
    await carryOutCompliance(request.id, now);

    expect(back.id).not.toBe(shop.id);
    expect(await db.poolKey.count({ where: { shopId: back.id } })).toBe(2);
    expect(await rowsLeft(shop.id)).toBe("");
  });

  test("given a shop that is back within the 48 hours, when redacted, then it keeps everything", async () => {
    const { shop } = await boughtKey();
    await uninstallShop(shop.domain, now);
    await installShop(shop.domain, now);

    const id = await ask(shop.id, "shop/redact", {});

    expect(await db.grant.count({ where: { shopId: shop.id } })).toBe(1);
    expect(await db.shop.findUnique({ where: { id: shop.id } })).toMatchObject({ domain: shop.domain });
    expect(await db.complianceRequest.findUniqueOrThrow({ where: { id } })).toMatchObject({ completedAt: now });
  });
});
