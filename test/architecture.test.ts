import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { expect, onTestFinished, test } from "vitest";
import { brokenRoute, fixtureFiles, layers, routesAlone } from "./architecture-rules";

const root = path.resolve(import.meta.dirname, "..");

test("given the project, when its imports are followed, then each respects the layers", async () => {
  const { violations, totalCruised } = await followImports(root);

  expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
  expect(totalCruised).toBeGreaterThan(100);
}, 120_000);

test("given one bad import per rule, when imports are followed, then every rule finds its own", async () => {
  const fixture = await mkdtemp(path.join(tmpdir(), "featherpost-architecture-"));
  onTestFinished(() => rm(fixture, { recursive: true, force: true }));
  const all = [...layers, brokenRoute];
  const broken = all.map(({ broken }) => [broken.file, `import "${broken.imports}";\nexport const it = 1;\n`]);
  const files = { ...Object.fromEntries(broken), ...fixtureFiles, "tsconfig.json": fixtureTsConfig };
  for (const [file, text] of Object.entries<string>(files)) {
    await mkdir(path.dirname(path.join(fixture, file)), { recursive: true });
    await writeFile(path.join(fixture, file), text);
  }

  const { violations } = await followImports(fixture);

  const found = new Set(violations.map(({ rule, from }) => `${rule.name}: ${from}`));
  expect(all.map(({ rule, broken }) => `${rule.name}: ${broken.file}`).filter((one) => !found.has(one))).toEqual([]);
}, 60_000);

const fixtureTsConfig = JSON.stringify({ compilerOptions: { paths: { "~/*": ["./app/*"] }, jsx: "react-jsx" } });

async function followImports(baseDir: string) {
  const tsConfig = path.join(baseDir, "tsconfig.json");
  const rules = [...layers.map(({ rule }) => rule), ...routesAlone(await readdir(path.join(baseDir, "app/routes")))];
  const { output } = await cruise(
    ["app", "sandbox", "extensions"],
    {
      baseDir,
      ruleSet: { forbidden: rules },
      validate: true,
      tsPreCompilationDeps: true,
      doNotFollow: "node_modules",
      exclude: "/dist/",
    },
    { tsConfig } as object,
    { tsConfig: extractTSConfig(tsConfig) },
  );
  return (output as ICruiseResult).summary;
}
