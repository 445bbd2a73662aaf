import type { BulkRun } from "@prisma/client";
import { db } from "~/db.server";
import { advanceRun, cursorOf, placeOf } from "./advance-run.server";
import { listLastOrders, proposedAttachments, type LastOrder } from "./last-orders.server";
import { isDifferent, orderDifference, type Rules } from "./order-difference";
import { DryRunInput } from "./run-input";
import { DryRunReport, SHOWN_ORDERS, type OrderDifference } from "./run-report";

export const TRIED_ORDERS = 1_000;

const BATCH = 50;

/**
 * Does one batch of a dry run: looks at the next orders and notes what would differ. Nothing but the run is written.
 *
 * @returns the run as it is then; null when no order is left.
 */
export async function tryOnLastOrders(run: BulkRun): Promise<BulkRun | null> {
  const { shopId } = run;
  const input = DryRunInput.parse(run.input);
  const limit = Math.min(BATCH, TRIED_ORDERS - run.done);
  const orders = limit > 0 ? await listLastOrders(db, shopId, placeOf(run.cursor), limit) : [];
  const last = orders.at(-1);
  if (!last) return null;

  const shop = await db.shop.findUniqueOrThrow({ where: { id: shopId } });
  const policy = input.about === "settings" ? input.policy : shop;
  const attachmentsOf = await proposedAttachments(db, shopId, orders, policy, input);
  const report = orders.reduce(
    (sum, order) => withOrder(sum, order, orderDifference(order, attachmentsOf(order.id), policy), policy),
    DryRunReport.parse(run.report),
  );
  return advanceRun(db, run, { cursor: cursorOf(last), done: run.done + orders.length, report });
}

function withOrder(report: DryRunReport, order: LastOrder, difference: OrderDifference, rules: Rules): DryRunReport {
  const isRiskUnknown = rules.holdHighRisk && order.paidAt !== null && order.riskLevel === null;
  const told = { ...report, riskUnknown: report.riskUnknown + (isRiskUnknown ? 1 : 0) };
  if (!isDifferent(difference)) return told;

  const row = { ...difference, orderId: order.id, name: order.name, processedAt: order.processedAt.toISOString() };
  return {
    ...told,
    orders: report.orders + 1,
    more: report.more + difference.more,
    less: report.less + difference.less,
    limits: report.limits + difference.limits,
    ends: report.ends + difference.ends,
    versions: report.versions + difference.versions,
    held: report.held + (difference.hold === "held" ? 1 : 0),
    opened: report.opened + (difference.hold === "open" ? 1 : 0),
    rows: report.rows.length < SHOWN_ORDERS ? [...report.rows, row] : report.rows,
  };
}
