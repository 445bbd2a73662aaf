// npm run bench [-- parts]: each figure beside a reference measured in the same run. Compare the ratios, not the figures.
import path from "node:path";
import { buildApp } from "../../sandbox/build-app.ts";
import { startAppUnderLoad, type AppUnderLoad } from "./app-under-load.ts";
import { measureImports } from "./imports.ts";
import { measureClaims } from "./claims.ts";
import { measureLinks } from "./links.ts";
import { inWords, type Figure } from "./measure.ts";
import { measureMessages } from "./messages.ts";
import { measureOrdersPaid } from "./orders-paid.ts";
import { measureReconciles } from "./reconciles.ts";
import { measureValidates } from "./validates.ts";
import { createBenchShop, type BenchShop } from "./shop-with-products.ts";

/** Each has an app, a database and a shop of its own. */
const parts: Record<string, (app: AppUnderLoad, shop: BenchShop) => Promise<Figure[]>> = {
  web: async (app, shop) => [await measureOrdersPaid(app, shop), await measureLinks(app, shop)],
  reconcile: measureReconciles,
  messages: measureMessages,
  imports: measureImports,
  claims: measureClaims,
  validate: measureValidates,
};

const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts);
const unknown = chosen.filter((name) => !parts[name]);
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(", ")}. Choose from: ${Object.keys(parts).join(", ")}.`);
  process.exit(1);
}

await buildApp(path.resolve(import.meta.dirname, "../.."), (text) => console.error(text));
for (const name of chosen) {
  const app = await startAppUnderLoad();
  try {
    for (const figure of (await parts[name]?.(app, await createBenchShop(app.databaseUrl))) ?? []) {
      console.log(inWords(figure));
    }
  } finally {
    await app.stop();
  }
}
