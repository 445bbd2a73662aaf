import type { BulkRun } from "@prisma/client";
import { db, inTransaction } from "~/db.server";
import { Overtaken } from "./advance-run.server";
import { enqueueRun } from "./enqueue-runs.server";
import { endRun } from "./end-run.server";
import { giveToPastOrders } from "./give-to-past-orders.server";
import { countPastOrders } from "./past-orders.server";
import { PastOrdersInput } from "./run-input";
import { tryOnLastOrders, TRIED_ORDERS } from "./try-on-last-orders.server";

/** Then the rest is left to a further job, so that a long run keeps no worker from stopping. */
const STRETCH_MS = 30_000;

/**
 * Goes on with a run where it was left, until it is done, cancelled, or its stretch of time is over.
 *
 * Safe to repeat and to run twice at once: every order is noted with its work, and whoever comes second to an order
 * stops there.
 *
 * @throws what kept it from going on, after writing it down: it is to be repeated.
 */
export async function carryOnRun(runId: string, clock = () => new Date()): Promise<void> {
  await db.bulkRun.updateMany({ where: { id: runId, state: "queued" }, data: { state: "running" } });
  const run = await db.bulkRun.findFirst({ where: { id: runId, state: "running", shop: { uninstalledAt: null } } });
  if (!run) return;

  try {
    await goOn(await counted(run), clock);
  } catch (error) {
    if (error instanceof Overtaken) return;
    const problem = "Something failed within Featherpost";
    await db.bulkRun.updateMany({ where: { id: runId, state: "running" }, data: { problem } });
    throw error;
  }
}

async function goOn(run: BulkRun, clock: () => Date) {
  const endsAt = clock().getTime() + STRETCH_MS;
  const isOver = () => clock().getTime() >= endsAt;
  let current = run;
  while (!isOver()) {
    const isDry = run.kind === "dry_run";
    const next = isDry ? await tryOnLastOrders(current) : await giveToPastOrders(current, clock(), isOver);
    if (!next) return endRun({ shopId: run.shopId, runId: run.id, as: "done", now: clock() });
    current = next;
  }
  await inTransaction((tx) => enqueueRun(tx, run.id));
}

/** How many orders there are to look at is counted once. */
async function counted(run: BulkRun): Promise<BulkRun> {
  if (run.total !== null) return run;
  const total = await (run.kind === "dry_run" ? countLast(run) : countLacking(run));
  return db.bulkRun.update({ where: { id: run.id }, data: { total } });
}

function countLacking({ shopId, input, createdAt }: BulkRun): Promise<number> {
  return countPastOrders(db, { ...PastOrdersInput.parse(input), shopId, before: createdAt });
}

async function countLast({ shopId }: BulkRun): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM (SELECT 1 FROM "Order" WHERE "shopId" = ${shopId}::uuid LIMIT ${TRIED_ORDERS}) AS last`;
  return row?.count ?? 0;
}
