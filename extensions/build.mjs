// Builds the extensions as Shopify CLI 4.8 does (`shopify app build`, without the CLI) and checks what it lets pass.
//
//   node extensions/build.mjs --check --app-url https://app.example.com [--out dir]
import { build } from "esbuild";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants } from "node:zlib";
import { parse as parseToml } from "smol-toml";
import { manifestFaults } from "./manifest.mjs";

const here = import.meta.dirname;
const KIBIBYTE = 1024;

/** Shopify's limits on a compressed bundle. https://shopify.dev/docs/api/customer-account-ui-extensions/2026-07 */
const LIMIT_BYTES = 64 * KIBIBYTE;
const FULL_PAGE_LIMIT_BYTES = 128 * KIBIBYTE;

/**
 * Bundles every extension.
 *
 * @param {{appUrl: string, outDir: string}} options  `appUrl`: where the app answers, built into the bundles;
 *   `outDir` gets `<handle>/<handle>.js` and its source map
 * @returns {Promise<Record<string, import("./build.mjs").BuiltExtension>>} by handle
 * @throws when `appUrl` is not an http(s) URL, a manifest is not sound or a bundle is too large; the message says each fault
 */
export async function buildExtensions({ appUrl, outDir }) {
  const extensions = readExtensions();
  const faults = [...appUrlFaults(appUrl), ...manifestFaults(extensions, appApiVersion())];
  if (faults.length > 0) throw new Error(faults.join("\n"));

  const built = {};
  for (const extension of extensions) built[extension.handle] = await bundle(extension, appUrl, resolve(outDir));

  const bundleFaultsFound = Object.entries(built).flatMap(([handle, one]) => bundleFaults(handle, one));
  if (bundleFaultsFound.length > 0) throw new Error(bundleFaultsFound.join("\n"));
  return built;
}

/** Every folder here that has a manifest. */
export function readExtensions(dir = here) {
  return readdirSync(dir)
    .map((folder) => join(dir, folder, "shopify.extension.toml"))
    .filter((path) => existsSync(path))
    .map((path) => {
      const manifest = parseToml(readFileSync(path, "utf8"));
      const [first = {}] = Array.isArray(manifest.extensions) ? manifest.extensions : [];
      const extensionDir = dirname(path);
      return {
        dir: extensionDir,
        path: relative(dirname(dir), path),
        manifest,
        handle: String(first.handle ?? ""),
        targeting: Array.isArray(first.targeting) ? first.targeting : [],
        locales: readLocales(join(extensionDir, "locales")),
      };
    });
}

/** @returns the locales of a folder; `isDefault` is told by the name, as in `en.default.json` */
function readLocales(dir) {
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((name) => name.endsWith(".json"))
    .map((name) => ({
      locale: name.replace(/(\.default)?\.json$/, ""),
      isDefault: name.endsWith(".default.json"),
      file: join(dir, name),
      texts: JSON.parse(readFileSync(join(dir, name), "utf8")),
    }));
}

function appApiVersion() {
  const app = parseToml(readFileSync(join(here, "../shopify.app.toml"), "utf8"));
  return app.webhooks?.api_version;
}

function appUrlFaults(appUrl) {
  if (!appUrl)
    return ["APP_URL is not set: the extensions would not know where the app is. Set it, or pass --app-url."];
  return /^https?:\/\/[^/]+/.test(appUrl) ? [] : [`APP_URL must be an http or https URL, and is "${appUrl}".`];
}

async function bundle({ dir, handle, targeting, locales }, appUrl, outDir) {
  const file = join(outDir, handle, `${handle}.js`);
  mkdirSync(dirname(file), { recursive: true });
  const imports = targeting.map(
    ({ module, target }, index) =>
      `import Target_${index} from '${module}';shopify.extend('${target}', (...args) => Target_${index}(...args));`,
  );
  // The options of @shopify/cli 4.8.2. Only these two variables are built in: what is built in, anyone can read.
  await build({
    stdin: { contents: imports.join("\n"), resolveDir: dir, loader: "tsx" },
    define: { "process.env.NODE_ENV": '"production"', "process.env.APP_URL": JSON.stringify(appUrl) },
    outfile: file,
    bundle: true,
    minify: true,
    jsx: "automatic",
    target: "es6",
    legalComments: "none",
    logLevel: "error",
    loader: { ".esnext": "ts", ".js": "jsx" },
    resolveExtensions: [".tsx", ".ts", ".js", ".json", ".esnext", ".mjs", ".ejs"],
    sourcemap: true,
    sourceRoot: `${dir}/src`,
  });

  const targets = targeting.map(({ target }) => target);
  return {
    file,
    targets,
    defaultLocale: locales.find(({ isDefault }) => isDefault).locale,
    locales: Object.fromEntries(locales.map(({ locale, file: path }) => [locale, path])),
    brotliBytes: brotliBytes(readFileSync(file)),
    limitBytes: targets.some((target) => target.endsWith("page.render")) ? FULL_PAGE_LIMIT_BYTES : LIMIT_BYTES,
  };
}

function brotliBytes(bytes) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

/** What is wrong with a finished bundle. */
export function bundleFaults(handle, { file, brotliBytes: size, limitBytes }) {
  const faults = [];
  if (size > limitBytes) faults.push(`${handle}: ${size} bytes compressed, ${limitBytes} are allowed.`);
  if (readFileSync(file, "utf8").includes("process.env")) {
    faults.push(`${handle}: the bundle still asks for process.env, which no worker has. Build in APP_URL only.`);
  }
  return faults;
}

async function main() {
  const { values } = parseArgs({
    options: { check: { type: "boolean" }, "app-url": { type: "string" }, out: { type: "string" } },
  });
  // A check needs some URL of the app, not the real one.
  const appUrl = values["app-url"] ?? process.env.APP_URL ?? (values.check ? "https://app.example.com" : "");
  const built = await buildExtensions({ appUrl, outDir: values.out ?? join(here, "../build/extensions") });
  for (const [handle, { brotliBytes: size, limitBytes, targets, locales }] of Object.entries(built)) {
    const languages = Object.keys(locales).length;
    console.log(
      `${handle}: ${size} of ${limitBytes} bytes compressed, ${targets.length} targets, ${languages} languages`,
    );
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
