import { db } from "~/db.server";

/** Puts the setup guide away for good; a second time changes nothing. */
export async function dismissGuide(shopId: string, now: Date) {
  await db.shop.updateMany({ where: { id: shopId, guideDismissedAt: null }, data: { guideDismissedAt: now } });
}
