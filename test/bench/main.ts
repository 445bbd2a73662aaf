// npm run bench: each figure beside a reference measured in the same run. Compare the ratios, not the figures.
import path from "node:path";
import { buildApp } from "../../sandbox/build-app.ts";
import { startAppUnderLoad } from "./app-under-load.ts";
import { measureLinks } from "./links.ts";
import { measureOrdersPaid } from "./orders-paid.ts";
import { createBenchShop } from "./shop-with-products.ts";

await buildApp(path.resolve(import.meta.dirname, "../.."), (text) => console.error(text));
const app = await startAppUnderLoad();
try {
  const shop = await createBenchShop(app.databaseUrl);
  for (const measure of [measureOrdersPaid, measureLinks]) {
    const { what, against, measured, reference } = await measure(app, shop);
    console.log(
      `${what}: ${Math.round(measured)} a second; ${against}: ${Math.round(reference)} a second; ratio ${(measured / reference).toFixed(2)}`,
    );
  }
} finally {
  await app.stop();
}
