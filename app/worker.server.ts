import { parseCronItems, run, type Task } from "graphile-worker";
import { env } from "./env.server";
import { runAddKeyImport } from "./jobs/add-key-import.server";
import { runAnnounceVersion } from "./jobs/announce-version.server";
import { runBulkRun } from "./jobs/bulk-run.server";
import { runBulkRuns } from "./jobs/bulk-runs.server";
import { runCarryOutCompliance } from "./jobs/carry-out-compliance.server";
import { runCheckKeyImport } from "./jobs/check-key-import.server";
import { runCleanImports } from "./jobs/clean-imports.server";
import { runCleanUploads } from "./jobs/clean-uploads.server";
import { runDeleteObjects } from "./jobs/delete-objects.server";
import { runEndKeyImport } from "./jobs/end-key-import.server";
import { runForgetGuesses } from "./jobs/forget-guesses.server";
import { runForgetRejected } from "./jobs/forget-rejected.server";
import { runFulfillLines } from "./jobs/fulfill-lines.server";
import { jobs, type JobName, type JobPayload } from "./jobs/jobs";
import { runRefreshShop } from "./jobs/refresh-shop.server";
import { runReconcileOrder } from "./jobs/reconcile-order.server";
import { runSendDelivery } from "./jobs/send-delivery.server";
import { runSendDigests } from "./jobs/send-digests.server";
import { runServeWaiting } from "./jobs/serve-waiting.server";
import { runSetInventory } from "./jobs/set-inventory.server";
import { runSweepShop } from "./jobs/sweep-shop.server";
import { runSweep } from "./jobs/sweep.server";
import { runWatchPools } from "./jobs/watch-pools.server";
import { watchLocks } from "./jobs/watch-locks.server";

const CONCURRENCY = 5;

const runners: { [Name in JobName]: (payload: JobPayload<Name>) => Promise<unknown> } = {
  refresh_shop: runRefreshShop,
  reconcile_order: runReconcileOrder,
  sweep: runSweep,
  sweep_shop: runSweepShop,
  fulfill_lines: runFulfillLines,
  send_delivery: runSendDelivery,
  send_digests: runSendDigests,
  announce_version: runAnnounceVersion,
  bulk_run: runBulkRun,
  bulk_runs: runBulkRuns,
  check_key_import: runCheckKeyImport,
  add_key_import: runAddKeyImport,
  end_key_import: runEndKeyImport,
  clean_imports: runCleanImports,
  clean_uploads: runCleanUploads,
  delete_objects: runDeleteObjects,
  serve_waiting: runServeWaiting,
  watch_pools: runWatchPools,
  set_inventory: runSetInventory,
  forget_guesses: runForgetGuesses,
  forget_rejected: runForgetRejected,
  carry_out_compliance: runCarryOutCompliance,
};

function taskOf<Name extends JobName>(name: Name): Task {
  return async (payload) => {
    await runners[name](jobs[name].parse(payload) as JobPayload<Name>);
  };
}

const names = Object.keys(jobs) as JobName[];

const runner = await run({
  connectionString: env.DATABASE_URL,
  concurrency: CONCURRENCY,
  noHandleSignals: false,
  preset: { plugins: [watchLocks(env.DATABASE_URL)] },
  taskList: Object.fromEntries(names.map((name) => [name, taskOf(name)])),
  parsedCronItems: parseCronItems([
    { task: "sweep", match: "*/10 * * * *", options: { jobKey: "sweep" } },
    { task: "serve_waiting", match: "* * * * *" },
    { task: "bulk_runs", match: "* * * * *" },
    { task: "watch_pools", match: "* * * * *", options: { jobKey: "watch_pools" } },
    { task: "send_digests", match: "*/5 * * * *" },
    { task: "clean_uploads", match: "17 * * * *" },
    { task: "clean_imports", match: "27 * * * *" },
    { task: "forget_guesses", match: "33 3 * * *" },
    { task: "forget_rejected", match: "43 3 * * *" },
  ]),
});

await runner.addJob("sweep", {}, { jobKey: "sweep" }); // a start may follow hours in which webhooks were lost

await runner.promise;
