import type { AppUnderLoad } from "./app-under-load.ts";
import { importInApp } from "./in-app.ts";
import { perSecond, type Figure } from "./measure.ts";
import { bareOrders } from "./orders-paid.ts";
import type * as ReconcileWork from "./reconcile-work.ts";
import type { BenchShop } from "./shop-with-products.ts";
import { fillHistory, HISTORIES } from "./sold-grants.ts";

const ORDERS = 3_000;

/** Orders through `reconcileOrder` (3 lines, 3 grants, 1 job each) against the same rows in bare SQL, as a shop grows. */
export async function measureReconciles(app: AppUnderLoad, shop: BenchShop): Promise<Figure[]> {
  const { reconcile, close } = await importInApp<typeof ReconcileWork>("reconcile-work.ts", app);
  const figures: Figure[] = [];
  for (const grants of HISTORIES) {
    await fillHistory(app.databaseUrl, shop, grants);
    const measured = await perSecond(ORDERS, (piece) => reconcile(shop, grants * 10 + piece));
    const reference = await bareOrders(app.databaseUrl, shop, {
      count: ORDERS,
      jobs: ["fulfill_lines"],
      prefix: `bare-${grants}`,
    });
    const what = `orders reconciled (3 lines, 3 grants, 1 job) with ${grants.toLocaleString("en")} grants there`;
    figures.push({ what, against: "the same rows in bare SQL", measured, reference });
  }
  await close();
  return figures;
}
