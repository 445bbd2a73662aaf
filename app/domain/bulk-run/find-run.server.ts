import type { BulkRun } from "@prisma/client";
import { validate as isUuid } from "uuid";
import { db } from "~/db.server";
import { DryRunInput, PastOrdersInput } from "./run-input";
import { DryRunReport, PastOrdersReport } from "./run-report";
import type { DryRunView, PastRunView, RunView } from "./run-view";

export async function findRun(shopId: string, runId: string): Promise<RunView | null> {
  if (!isUuid(runId)) return null;
  const run = await db.bulkRun.findFirst({ where: { id: runId, shopId } });
  if (!run) return null;
  return run.kind === "dry_run" ? dryRunView(run) : pastRunView(run);
}

/** The newest run that gives a product's attachments to past orders. */
export async function findLastPastRun(shopId: string, productId: string): Promise<PastRunView | null> {
  const run = await db.bulkRun.findFirst({
    where: { shopId, kind: "past_orders", input: { path: ["productId"], equals: productId } },
    orderBy: { createdAt: "desc" },
  });
  return run && pastRunView(run);
}

/** The newest dry run of the settings. */
export async function findLastSettingsRun(shopId: string): Promise<DryRunView | null> {
  const run = await db.bulkRun.findFirst({
    where: { shopId, kind: "dry_run", input: { path: ["about"], equals: "settings" } },
    orderBy: { createdAt: "desc" },
  });
  return run && dryRunView(run);
}

function dryRunView(run: BulkRun): DryRunView {
  const [input, report] = [DryRunInput.parse(run.input), DryRunReport.parse(run.report)];
  return { ...sharedOf(run), kind: "dry_run", input, report };
}

function pastRunView(run: BulkRun): PastRunView {
  const [input, report] = [PastOrdersInput.parse(run.input), PastOrdersReport.parse(run.report)];
  return { ...sharedOf(run), kind: "past_orders", input, report };
}

function sharedOf({ id, state, done, total, problem, createdAt, finishedAt }: BulkRun) {
  const moments = { createdAt: createdAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null };
  return { id, state, done, total, problem, ...moments };
}
