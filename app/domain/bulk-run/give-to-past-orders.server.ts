import { Prisma, type BulkRun } from "@prisma/client";
import { db, inTransaction } from "~/db.server";
import type { ActorId } from "~/domain/audit/actions";
import { alsoGive, type AlsoGiveResult } from "~/domain/order/also-give.server";
import { advanceRun, cursorOf, placeOf } from "./advance-run.server";
import { lackingLines, type Asked } from "./past-orders.server";
import { PastOrdersInput } from "./run-input";
import { PastOrdersReport } from "./run-report";

// Finding them looks at all of the shop's orders: seldom, then.
const BATCH = 1_000;

/**
 * Does one batch of a run that gives to past orders: each order in a transaction of its own, under its lock.
 *
 * @param isOver  asked after each order: then the rest of the batch is left
 * @returns the run as it is then; null when no order is left.
 */
export async function giveToPastOrders(run: BulkRun, now: Date, isOver = () => false): Promise<BulkRun | null> {
  const input = PastOrdersInput.parse(run.input);
  const orders = await nextOrders({ ...input, shopId: run.shopId, before: run.createdAt }, run.cursor);
  let current = run;
  for (const order of orders) {
    current = await inTransaction(async (tx) => {
      const { attachmentIds, tellsCustomers: tellsCustomer } = input;
      const actor = run.actor as ActorId;
      const who = { shopId: run.shopId, orderId: order.id };
      const result = await alsoGive(tx, { ...who, attachmentIds, tellsCustomer, actor, now });
      const report = withResult(PastOrdersReport.parse(current.report), result);
      return advanceRun(tx, current, { cursor: cursorOf(order), done: current.done + 1, report });
    });
    if (isOver()) break;
  }
  return orders.length > 0 ? current : null;
}

function nextOrders(asked: Asked, cursor: string | null): Promise<{ id: string; processedAt: Date }[]> {
  const place = placeOf(cursor);
  const beyond = place
    ? Prisma.sql`AND (o."processedAt", o."id") > (${place.processedAt}, ${place.id}::uuid)`
    : Prisma.empty;
  return db.$queryRaw`
    SELECT DISTINCT o."processedAt", o."id" FROM ${lackingLines(asked)} ${beyond}
    ORDER BY o."processedAt", o."id" LIMIT ${BATCH}`;
}

function withResult(report: PastOrdersReport, result: AlsoGiveResult): PastOrdersReport {
  if (result.kind === "nothing") return report;
  if (result.kind === "asked") return { ...report, asked: report.asked + 1 };
  return {
    ...report,
    orders: report.orders + 1,
    grants: report.grants + result.granted + result.waiting,
    waiting: report.waiting + result.waiting,
  };
}
