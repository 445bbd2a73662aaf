import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, watch } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";

/**
 * Builds the worker and the seed, and again whenever their sources change.
 *
 * @returns once they are built
 */
export async function followSources({ root, say }: { root: string; say: (text: string) => void }) {
  const build = (more: string[]) =>
    // esbuild watches until its stdin closes, which it does when we are gone.
    spawn("npm", ["run", "--silent", "build:programs", ...more], {
      cwd: root,
      detached: true,
      stdio: ["pipe", "ignore", "inherit"],
    });

  const [code] = (await once(build([]), "exit")) as [number | null];
  if (code !== 0) throw new Error("The worker could not be built.");

  const builder = build(["--", "--watch"]);
  const builds = watch(path.join(root, "build"));
  const worker = path.join(root, "build/worker.js");
  let running = await readFile(worker, "utf8");
  return {
    onRebuild(restart: () => void) {
      let settled: NodeJS.Timeout | undefined;
      builds.on("change", (_event, file) => {
        if (file !== "worker.js") return;
        clearTimeout(settled);
        settled = setTimeout(() => {
          const built = readFileSync(worker, "utf8");
          if (built === running) return;
          running = built;
          say("The worker changed: starting it again.");
          restart();
        }, 300);
      });
    },
    async stop() {
      builds.close();
      if (builder.exitCode !== null) return;
      const ended = once(builder, "exit");
      if (builder.pid) process.kill(-builder.pid, "SIGTERM");
      await ended;
    },
  };
}
