import { readFile } from "node:fs/promises";
import { buildExtensions } from "../extensions/build.mjs";
import type { ExtensionBundle, Messages } from "./faces/context.ts";

/**
 * Builds the extensions as Shopify would get them, and reads what a host needs.
 *
 * @param appUrl  where they will look for the app
 * @throws Error with each fault of a manifest or bundle
 */
export async function readExtensionBundles(appUrl: string, outDir: string): Promise<Record<string, ExtensionBundle>> {
  const built = await buildExtensions({ appUrl, outDir });
  const bundles = Object.entries(built).map(async ([handle, { file, targets, locales, defaultLocale }]) => {
    const texts = Object.entries(locales).map(async ([locale, path]) => [locale, await readMessages(path)] as const);
    const bundle: ExtensionBundle = {
      js: await readFile(file, "utf8"),
      targets: targets.map((target) => ({ target })),
      locales: Object.fromEntries(await Promise.all(texts)),
      defaultLocale,
    };
    return [handle, bundle] as const;
  });
  return Object.fromEntries(await Promise.all(bundles));
}

async function readMessages(path: string): Promise<Messages> {
  return JSON.parse(await readFile(path, "utf8")) as Messages;
}
