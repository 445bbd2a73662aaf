import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { traceOrder } from "~/domain/trace/trace-order.server";
import { traceText } from "~/domain/trace/trace-text";
import { requireShop } from "~/http/require-shop.server";
import { notFound, uuidParam } from "~/http/uuid-param";

/** Why the customer can or cannot have what the order gave, for the order's page. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const trace = await traceOrder(shop.id, uuidParam(params, "orderId"), new Date());
  if (!trace) throw notFound();

  return json({ told: trace.told, things: trace.things, text: traceText(trace) });
}
