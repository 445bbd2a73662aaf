// @vitest-environment node
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runInNewContext } from "node:vm";
import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildExtensions, bundleFaults, readExtensions, type BuiltExtension } from "../../extensions/build.mjs";
import { manifestFaults } from "../../extensions/manifest.mjs";

const root = resolve(import.meta.dirname, "../..");
let scratch: string;
let built: Record<string, BuiltExtension>;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "extensions-"));
  built = await buildExtensions({ appUrl: "https://app.example.com", outDir: join(scratch, "built") });
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("buildExtensions", () => {
  test("given the extensions as they are, when they are built, then each is far below Shopify's limit", () => {
    expect(Object.keys(built).sort()).toEqual(["downloads-order", "downloads-page"]);
    expect(built["downloads-order"]?.limitBytes).toBe(65_536);
    expect(built["downloads-page"]?.limitBytes).toBe(131_072);
    for (const { brotliBytes } of Object.values(built)) expect(brotliBytes).toBeLessThan(32_768);
  });

  test("given the extensions as they are, when they are built, then five languages come along", () => {
    for (const { locales, defaultLocale } of Object.values(built)) {
      expect(Object.keys(locales).sort()).toEqual(["de", "en", "fr", "pl", "zh-CN"]);
      expect(defaultLocale).toBe("en");
    }
  });

  test("given a bundle, when a worker without process runs it, then it registers exactly its targets", () => {
    for (const { file, targets } of Object.values(built)) {
      const registered: string[] = [];
      runInNewContext(readFileSync(file, "utf8"), { shopify: { extend: (target: string) => registered.push(target) } });
      expect(registered).toEqual(targets);
    }
  });

  test.each([
    ["", "APP_URL is not set"],
    ["app.example.com", 'APP_URL must be an http or https URL, and is "app.example.com".'],
  ])("given %j for the app's URL, when they are built, then the build fails and says so", async (appUrl, sentence) => {
    await expect(buildExtensions({ appUrl, outDir: join(scratch, "none") })).rejects.toThrow(sentence);
  });

  test("given secrets in the environment, when they are built, then none is in a bundle", async () => {
    process.env.SHOPIFY_API_SECRET = "shpss_do_not_leak";
    const again = await buildExtensions({ appUrl: "https://app.example.com", outDir: join(scratch, "secret") });

    for (const { file } of Object.values(again)) expect(readFileSync(file, "utf8")).not.toContain("shpss_do_not_leak");
    delete process.env.SHOPIFY_API_SECRET;
  });

  test("given a bundle too large that asks for process.env, when it is looked at, then both are said", () => {
    const file = join(scratch, "large.js");
    writeFileSync(file, "fetch(process.env.OTHER)");

    const faults = bundleFaults("large", {
      ...(built["downloads-order"] as BuiltExtension),
      file,
      brotliBytes: 70_000,
    });

    expect(faults).toEqual([
      "large: 70000 bytes compressed, 65536 are allowed.",
      expect.stringContaining("still asks for process.env"),
    ]);
  });

  test("given the command, when it checks the project, then it says each size and exits 0", () => {
    const { status, stdout } = check(root);

    expect(stdout).toContain("downloads-order:");
    expect(stdout).toContain("downloads-page:");
    expect(status).toBe(0);
  });

  test("given a project with a fault, when the command checks it, then it says which and exits 1", () => {
    const copy = join(scratch, "copy");
    mkdirSync(copy);
    cpSync(join(root, "extensions"), join(copy, "extensions"), { recursive: true });
    cpSync(join(root, "shopify.app.toml"), join(copy, "shopify.app.toml"));
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    rmSync(join(copy, "extensions/downloads-page/locales/pl.json"));
    writeFileSync(join(copy, "extensions/downloads-page/locales/pl.json"), "{}");

    const { status, stderr } = check(copy);

    expect(stderr).toContain('extensions/downloads-page/shopify.extension.toml: pl has no text for "heading".');
    expect(status).toBe(1);
  });
});

function check(project: string) {
  const script = join(project, "extensions/build.mjs");
  return spawnSync(process.execPath, [script, "--check", "--out", join(scratch, "cli")], { encoding: "utf8" });
}

describe("manifestFaults", () => {
  const sound = () => structuredClone(readExtensions());
  type Order = {
    api_version: string;
    extensions: [Record<string, unknown> & { capabilities: Record<string, unknown> }];
  };

  function faultsAfter(change: (manifest: Order, extension: ReturnType<typeof readExtensions>[number]) => void) {
    const [order, page] = sound();
    if (!order || !page) throw new Error("There are fewer extensions than expected");
    change(order.manifest as Order, order);
    return manifestFaults([order, page], "2026-07").join("\n");
  }

  test("given the manifests as they are, when they are checked, then nothing is wrong", () => {
    expect(manifestFaults(sound(), "2026-07")).toEqual([]);
  });

  test.each<[string, Parameters<typeof faultsAfter>[0], string]>([
    [
      "another API version than the app",
      (manifest) => (manifest.api_version = "2025-10"),
      'shopify.app.toml says "2026-07"',
    ],
    [
      "a type Shopify does not know",
      ({ extensions: [one] }) => (one.type = "ui_extensoin"),
      'the type "ui_extensoin" is not one of',
    ],
    [
      "a misspelt capability",
      ({ extensions: [one] }) => (one.capabilities.netwrok_access = true),
      '"netwrok_access" is no capability',
    ],
    ["no network access", ({ extensions: [one] }) => (one.capabilities = {}), "network_access must be true"],
    ["a misspelt key", ({ extensions: [one] }) => (one.setings = {}), '"setings" is no key of the extension'],
    [
      "a section Shopify does not know",
      (manifest) => Object.assign(manifest, { extension: {} }),
      '"extension" is no key',
    ],
    ["no uid", ({ extensions: [one] }) => delete one.uid, "is not a UUID"],
    [
      "a uid used twice",
      ({ extensions: [one] }) => (one.uid = "a85d7e09-2c43-4b16-b9f7-51c3e8d0726f"),
      "Two extensions have the uid",
    ],
    [
      "a heading without a text",
      ({ extensions: [one] }) => (one.name = "t:nmae"),
      '"t:nmae" is not in the default locale',
    ],
    [
      "a target Shopify does not know",
      (_, one) => (one.targeting[0] = { module: "./src/order-status.tsx", target: "x" }),
      'the target "x" is not one of',
    ],
    [
      "a module that is not there",
      (_, one) => Object.assign(one.targeting[0] ?? {}, { module: "./src/gone.tsx" }),
      '"./src/gone.tsx" of',
    ],
    ["no targets", (_, one) => (one.targeting = []), "it has no target"],
    [
      "a full page among others",
      (_, one) => one.targeting.push({ module: "./src/thank-you.tsx", target: "customer-account.page.render" }),
      "customer-account.page.render cannot share an extension",
    ],
    [
      "no default locale",
      (_, one) => (one.locales = one.locales.filter(({ isDefault }) => !isDefault)),
      "exactly one default locale",
    ],
  ])("given %s, when it is checked, then it says so", (_, change, sentence) => {
    expect(faultsAfter(change)).toContain(sentence);
  });
});
