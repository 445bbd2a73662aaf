// npm run bench: each figure beside a reference measured in the same run. Compare the ratios, not the figures.
// npm run bench -- orders: only that part.
import path from "node:path";
import { buildApp } from "../../sandbox/build-app.ts";
import { startAppUnderLoad, type AppUnderLoad } from "./app-under-load.ts";
import { measureLinks } from "./links.ts";
import { measuredLine } from "./measure.ts";
import { measureOrdersPaid } from "./orders-paid.ts";
import { createBenchShop, type BenchShop } from "./shop-with-products.ts";

/** What is measured, by the name it is asked for: the lines to print, as they come. */
type Part = (app: AppUnderLoad, shop: BenchShop) => AsyncIterable<string>;

const parts: Record<string, Part> = {
  // Links are issued on the grants of orders/paid.
  async *orders(app, shop) {
    yield measuredLine(await measureOrdersPaid(app, shop));
    yield measuredLine(await measureLinks(app, shop));
  },
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`There is no part called ${unknown.join(", ")}. The parts: ${Object.keys(parts).join(", ")}.`);
  process.exit(2);
}

await buildApp(path.resolve(import.meta.dirname, "../.."), (text) => console.error(text));
const app = await startAppUnderLoad();
try {
  const shop = await createBenchShop(app.databaseUrl);
  for (const [name, part] of Object.entries(parts)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    for await (const line of part(app, shop)) console.log(line);
  }
} finally {
  await app.stop();
}
