import type { BulkRun } from "@prisma/client";
import { validate as isUuid } from "uuid";
import { db } from "~/db.server";
import { DryRunInput, PastOrdersInput } from "./run-input";
import { DryRunReport, PastOrdersReport } from "./run-report";

type Shared = Pick<BulkRun, "id" | "state" | "done" | "total" | "problem" | "createdAt" | "finishedAt">;

/** A run as the screens show it. */
export type RunView =
  | (Shared & { kind: "past_orders"; input: PastOrdersInput; report: PastOrdersReport })
  | (Shared & { kind: "dry_run"; input: DryRunInput; report: DryRunReport });

export async function findRun(shopId: string, runId: string): Promise<RunView | null> {
  if (!isUuid(runId)) return null;
  const run = await db.bulkRun.findFirst({ where: { id: runId, shopId } });
  return run && viewOf(run);
}

/** The newest run that gives a product's attachments to past orders. */
export async function findLastPastRun(shopId: string, productId: string): Promise<RunView | null> {
  const run = await db.bulkRun.findFirst({
    where: { shopId, kind: "past_orders", input: { path: ["productId"], equals: productId } },
    orderBy: { createdAt: "desc" },
  });
  return run && viewOf(run);
}

/** The newest dry run of the settings. */
export async function findLastSettingsRun(shopId: string): Promise<RunView | null> {
  const run = await db.bulkRun.findFirst({
    where: { shopId, kind: "dry_run", input: { path: ["about"], equals: "settings" } },
    orderBy: { createdAt: "desc" },
  });
  return run && viewOf(run);
}

function viewOf(run: BulkRun): RunView {
  const { id, state, done, total, problem, createdAt, finishedAt } = run;
  const shared = { id, state, done, total, problem, createdAt, finishedAt };
  return run.kind === "dry_run"
    ? { ...shared, kind: "dry_run", input: DryRunInput.parse(run.input), report: DryRunReport.parse(run.report) }
    : {
        ...{ ...shared, kind: "past_orders" },
        input: PastOrdersInput.parse(run.input),
        report: PastOrdersReport.parse(run.report),
      };
}
