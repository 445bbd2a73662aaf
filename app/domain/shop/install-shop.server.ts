import { db } from "~/db.server";

/** Makes the shop known, or known again after an uninstall: what it had is found as it was. */
export async function installShop(domain: string, now: Date) {
  await db.shop.createMany({ data: [{ domain, installedAt: now }], skipDuplicates: true });
  await db.shop.updateMany({
    where: { domain, uninstalledAt: { not: null } },
    data: { installedAt: now, uninstalledAt: null },
  });
}
