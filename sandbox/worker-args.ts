import manifest from "../package.json" with { type: "json" };

/** What `npm run worker` has Node run, and how. */
export const workerArgs = manifest.scripts.worker.split(" ").slice(1);
