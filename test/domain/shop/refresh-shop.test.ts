import { createPlayedShop } from "../../setup/shopify";
import { expect, test } from "vitest";
import { db } from "~/db.server";
import { installShop } from "~/domain/shop/install-shop.server";
import { refreshShop } from "~/domain/shop/refresh-shop.server";
import { uninstallShop } from "~/domain/shop/uninstall-shop.server";

const now = new Date();

const nameOf = async (id: string) => (await db.shop.findUniqueOrThrow({ where: { id } })).name;

function refreshJobs(shopId: string) {
  return db.$queryRaw<unknown[]>`SELECT 1 FROM graphile_worker.jobs WHERE key = ${`refresh_shop:${shopId}`}`;
}

test("given a shop with a name in Shopify, when it is asked, then the shop is known by it", async () => {
  const { shop, store } = await createPlayedShop();

  await refreshShop(shop.id);

  expect(await nameOf(shop.id)).toBe(store.shop(shop.domain).name);
});

test("given a shop that uninstalled, when its turn comes, then nobody is asked", async () => {
  const { shop } = await createPlayedShop();
  await uninstallShop(shop.domain, now);

  await refreshShop(shop.id);

  expect(await nameOf(shop.id)).toBeNull();
});

test("given an install, when it is told twice, then one job is to learn the name; and one again after a reinstall", async () => {
  const domain = "new-shop.myshopify.com";
  await installShop(domain, now);
  await installShop(domain, now);
  const { id } = await db.shop.findUniqueOrThrow({ where: { domain } });

  expect(await refreshJobs(id)).toHaveLength(1);

  await db.$executeRaw`DELETE FROM graphile_worker._private_jobs`;
  await installShop(domain, now);
  expect(await refreshJobs(id)).toHaveLength(0);
  await uninstallShop(domain, now);
  await installShop(domain, now);
  expect(await refreshJobs(id)).toHaveLength(1);
});
