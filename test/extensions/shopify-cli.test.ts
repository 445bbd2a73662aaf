// @vitest-environment node
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildExtensions } from "../../extensions/build.mjs";

const root = resolve(import.meta.dirname, "../..");
const appUrl = "https://app.example.com";
let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "shopify-cli-"));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("shopify app build", () => {
  test("given the project, when Shopify's CLI builds it without login or network, then its bundles are ours to the byte", async () => {
    const project = copyOfProject();

    await promisify(execFile)(join(root, "node_modules/.bin/shopify"), ["app", "build"], {
      cwd: project,
      env: { ...offlineEnvironment(), APP_URL: appUrl },
    });

    const built = await buildExtensions({ appUrl, outDir: join(scratch, "ours") });
    for (const [handle, { file }] of Object.entries(built)) {
      const theirs = readFileSync(join(project, "extensions", handle, "dist", `${handle}.js`), "utf8");
      expect(theirs).toBe(readFileSync(file, "utf8"));
    }
  }, 120_000);
});

/** The CLI writes into the folders it builds. */
function copyOfProject() {
  const project = join(scratch, "project");
  mkdirSync(project);
  for (const name of ["extensions", "shopify.app.toml", "shopify.web.toml", "package.json"]) {
    cpSync(join(root, name), join(project, name), {
      recursive: true,
      filter: (path) => !/\/(dist|node_modules)$/.test(path),
    });
  }
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
  return project;
}

/** Without this the CLI asks the npm registry for its newest version, and fails where there is none to ask. */
function offlineEnvironment() {
  const config = join(scratch, "home/.config");
  const { version } = JSON.parse(readFileSync(join(root, "node_modules/@shopify/cli/package.json"), "utf8")) as {
    version: string;
  };
  const cache = { "npm-package-@shopify/cli": { value: version, timestamp: Date.now() } };
  mkdirSync(join(config, "shopify-cli-kit-nodejs"), { recursive: true });
  writeFileSync(join(config, "shopify-cli-kit-nodejs/config.json"), JSON.stringify({ cache }));
  return {
    PATH: `${join(root, "node_modules/.bin")}:${process.env.PATH}`,
    HOME: join(scratch, "home"),
    XDG_CONFIG_HOME: config,
    CI: "1", // or it fetches its news
    SHOPIFY_CLI_NO_ANALYTICS: "1",
    NODE_ENV: "production" as const,
  };
}
