import { describe, expect, test } from "vitest";
import type { Prisma } from "@prisma/client";
import { v7 as uuid } from "uuid";
import { db } from "~/db.server";
import { announceVersion } from "~/domain/delivery/announce-version.server";
import { createAsset, createGrant, createOrder, createShop } from "../../factories";

const HOUR_MS = 3_600_000;
const readyAt = new Date("2026-03-01T12:00:00Z");
const now = new Date("2026-03-01T12:10:00Z");
const before = new Date("2026-01-15T12:00:00Z");

async function addVersion({ id: assetId, shopId }: { id: string; shopId: string }, number: number, at: Date) {
  const id = uuid();
  const storageKey = `shops/${shopId}/assets/${assetId}/${id}`;
  const file = { fileName: "v.pdf", contentType: "application/pdf", sizeBytes: 1, partSizeBytes: 1 };
  await db.assetVersion.create({
    data: { id, shopId, assetId, number, state: "ready", storageKey, readyAt: at, ...file },
  });
  await db.asset.update({ where: { id: assetId }, data: { currentVersionId: id } });
  return id;
}

/** A shop, its file with a second version just now, and a way to sell it to someone earlier. */
async function announced(shopColumns: Prisma.ShopCreateInput | Record<string, never> = {}) {
  const shop = await createShop(shopColumns);
  const asset = await createAsset({ shopId: shop.id });
  const versionId = await addVersion(asset, 2, readyAt);
  const [first] = asset.versions;
  if (first) await db.assetVersion.update({ where: { id: first.id }, data: { readyAt: before } });

  const sell = async (grant: Parameters<typeof createGrant>[0] = {}, order: Parameters<typeof createOrder>[0] = {}) => {
    const { id: orderId } = await createOrder({ shopId: shop.id, ...order });
    await createGrant({ assetId: asset.id, createdAt: before, ...grant, orderId });
    return orderId;
  };
  return { shop, asset, versionId, firstId: first?.id, sell };
}

async function toldOrders(shopId: string) {
  const deliveries = await db.delivery.findMany({ where: { shopId, kind: "new_version" } });
  return deliveries.map(({ orderId }) => orderId);
}

/** As `sell`, in four statements. */
async function sellToMany(count: number, grant: { shopId: string; assetId: string; attachmentId: string }) {
  const { shopId } = grant;
  const at = { processedAt: before, updatedAt: before, financialStatus: "paid", factsHash: new Uint8Array(32) };
  const buyers = Array.from({ length: count }, (_, index) => ({ orderId: uuid(), lineId: uuid(), index }));
  await db.order.createMany({
    data: buyers.map(({ orderId, index }) => {
      const name = `#many-${index}`;
      return { ...at, id: orderId, shopId, shopifyId: orderId, name, email: `many-${index}@example.com` };
    }),
  });
  await db.orderLine.createMany({
    data: buyers.map(({ orderId, lineId }) => {
      return { id: lineId, shopId, orderId, shopifyId: lineId, title: "Many", quantity: 1, currentQuantity: 1 };
    }),
  });
  await db.grant.createMany({
    data: buyers.map(({ orderId, lineId }) => ({ ...grant, orderId, lineId, state: "active", createdAt: before })),
  });
}

describe("announceVersion", () => {
  test("given earlier buyers, when it is announced twice, then each is told once", async () => {
    const { shop, versionId, sell } = await announced();
    const orderIds = [await sell(), await sell()];

    await announceVersion(versionId, now);
    await announceVersion(versionId, new Date(now.getTime() + HOUR_MS));

    expect((await toldOrders(shop.id)).sort()).toEqual(orderIds.sort());
  });

  test("given who is not entitled, when it is announced, then they hear nothing", async () => {
    const { shop, versionId, firstId, sell } = await announced();
    await sell({ state: "revoked" });
    await sell({ expiresAt: new Date("2026-02-01T00:00:00Z") });
    await sell({ used: 5, downloadLimit: 5 });
    await sell({ versionId: firstId });
    await sell({ versionId: firstId, updatesUntil: new Date("2026-02-01T00:00:00Z") });
    await sell({ createdAt: now });
    await sell({}, { email: null });
    const entitled = await sell({ versionId: firstId, updatesUntil: new Date("2026-04-01T00:00:00Z") });

    await announceVersion(versionId, now);

    expect(await toldOrders(shop.id)).toEqual([entitled]);
  });

  test("given a customer of three orders, when it is announced, then the latest is told of", async () => {
    const { shop, versionId, sell } = await announced();
    const email = "Same@example.com";
    await sell({}, { email, processedAt: new Date("2025-01-01T00:00:00Z") });
    const latest = await sell({}, { email: email.toLowerCase(), processedAt: new Date("2026-01-01T00:00:00Z") });
    await sell({}, { email, processedAt: new Date("2025-06-01T00:00:00Z") });

    await announceVersion(versionId, now);

    expect(await toldOrders(shop.id)).toEqual([latest]);
  });

  test("given a shop that opted out, or a version that a newer one replaced, when it is announced, then nobody hears", async () => {
    const silent = await announced({ domain: `silent-${uuid()}.myshopify.com`, announcesVersions: false });
    await silent.sell();
    const replaced = await announced();
    await replaced.sell();
    await addVersion(replaced.asset, 3, new Date(readyAt.getTime() + 60_000));

    await announceVersion(silent.versionId, now);
    await announceVersion(replaced.versionId, now);

    expect(await toldOrders(silent.shop.id)).toEqual([]);
    expect(await toldOrders(replaced.shop.id)).toEqual([]);
  });

  test("given a customer told of a version this morning, when the next one comes, then they hear of it a day later", async () => {
    const { shop, asset, versionId, sell } = await announced();
    await sell();
    await announceVersion(versionId, now);
    const nextId = await addVersion(asset, 3, new Date(readyAt.getTime() + HOUR_MS));

    await announceVersion(nextId, new Date(now.getTime() + HOUR_MS));
    const sameDay = await toldOrders(shop.id);
    await announceVersion(nextId, new Date(now.getTime() + 25 * HOUR_MS));

    expect(sameDay).toHaveLength(1);
    expect(await toldOrders(shop.id)).toHaveLength(2);
    const [job] = await db.$queryRaw<{ run_at: Date }[]>`
      SELECT run_at FROM graphile_worker._private_jobs WHERE key = ${`announce_version:${nextId}`}`;
    expect(job?.run_at).toEqual(new Date(now.getTime() + 2 * HOUR_MS));
  });

  test("given 450 buyers, when it is announced, then they are told 200 a minute", async () => {
    const { shop, asset, versionId, sell } = await announced();
    const first = await db.grant.findFirstOrThrow({ where: { orderId: await sell() } });
    await sellToMany(449, { shopId: shop.id, assetId: asset.id, attachmentId: first.attachmentId });

    const told: number[] = [];
    for (const minute of [0, 1, 2, 3]) {
      await announceVersion(versionId, new Date(now.getTime() + minute * 60_000));
      told.push((await toldOrders(shop.id)).length);
    }

    expect(told).toEqual([200, 400, 450, 450]);
  });
});
