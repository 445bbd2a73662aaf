import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** What the pages load, by the name that follows `/faces/` in its address. */
const scripts: Record<string, URL> = {
  "admin.js": new URL("./admin/client/admin.ts", import.meta.url),
  "live.js": new URL("./client/live.ts", import.meta.url),
  "inbox.js": new URL("./client/inbox.ts", import.meta.url),
  "storefront.js": new URL("./client/storefront.ts", import.meta.url),
  "extension-page.js": new URL("./extension-host/page.ts", import.meta.url),
  "extension-worker.js": new URL("./extension-host/worker.ts", import.meta.url),
  "app-bridge.js": new URL("./app-bridge/app-bridge.ts", import.meta.url),
};

const styles = new Set(["base.css", "home.css", "admin.css", "storefront.css", "account.css", "inbox.css"]);

export type Asset = { body: string; contentType: string };

/** Everything is made when first asked for, and kept. */
export function createAssets(): { find(name: string): Promise<Asset | null> } {
  const kept = new Map<string, Promise<Asset | null>>();

  return {
    find(name) {
      let asset = kept.get(name);
      if (!asset) {
        asset = make(name);
        kept.set(name, asset);
        asset.catch(() => kept.delete(name));
      }
      return asset;
    },
  };
}

async function make(name: string): Promise<Asset | null> {
  const entry = scripts[name];
  if (entry) return { body: await bundle(entry), contentType: "text/javascript; charset=utf-8" };
  if (styles.has(name)) {
    return { body: await bundle(new URL(`./styles/${name}`, import.meta.url)), contentType: "text/css; charset=utf-8" };
  }
  const icon = /^icons\/([a-z0-9-]{1,40})\.svg$/.exec(name)?.[1];
  return icon ? { body: await readIcon(icon), contentType: "image/svg+xml" } : null;
}

async function bundle(entry: URL): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    minify: true,
    legalComments: "none",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

/** An icon of Shopify's set; an unknown name gives an empty picture, as Shopify draws none. */
async function readIcon(name: string): Promise<string> {
  const file = `${name.replace(/(^|-)([a-z0-9])/g, (_, _dash, letter: string) => letter.toUpperCase())}Icon.svg`;
  try {
    return await readFile(fileURLToPath(import.meta.resolve(`@shopify/polaris-icons/dist/svg/${file}`)), "utf8");
  } catch {
    return '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"/>';
  }
}
