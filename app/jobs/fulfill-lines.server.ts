import { fulfillOrder } from "~/domain/fulfillment/fulfill-order.server";
import type { JobPayload } from "./jobs";

export function runFulfillLines(payload: JobPayload<"fulfill_lines">) {
  return fulfillOrder({ ...payload, now: new Date() });
}
