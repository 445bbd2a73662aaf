import { mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { AppUnderLoad } from "./app-under-load.ts";

const root = path.resolve(import.meta.dirname, "../..");

/**
 * Loads a file of this folder together with the parts of the app that it imports, bundled as the app's programs are,
 * under the settings of an app under load.
 *
 * @param file  such as "reconcile-work.ts"
 */
export async function importInApp<Module>(file: string, { env }: Pick<AppUnderLoad, "env">): Promise<Module> {
  Object.assign(process.env, env);
  const dir = await mkdtemp(path.join(root, "build/bench-"));
  try {
    const outfile = path.join(dir, `${path.parse(file).name}.js`);
    const entry = path.join(import.meta.dirname, file);
    await build({
      entryPoints: [entry],
      outfile,
      absWorkingDir: root,
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      packages: "external",
      logLevel: "warning",
    });
    return (await import(pathToFileURL(outfile).href)) as Module;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
