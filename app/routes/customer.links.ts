import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { findEntitledOrder } from "~/domain/order/entitled-order.server";
import { sendFreshLink } from "~/domain/page/send-fresh-link.server";
import { orderGidFrom } from "~/gateways/shopify/order-gid";
import { answerExtension, corsError, corsJson } from "~/http/cors";
import { readJson } from "~/http/read-json";
import { requireCustomer } from "~/http/require-customer.server";

const LinkRequest = z.object({
  order: z.string().max(200),
  checkout: z.string().max(500).nullish(),
});

export function loader({ request }: LoaderFunctionArgs) {
  return answerExtension(request, async () => corsError(405, "method_not_allowed", "Ask for a link with POST."));
}

/** Sends a fresh link to the order's own address; the answer is the same whether one was sent or not. */
export function action({ request }: ActionFunctionArgs) {
  return answerExtension(request, async () => {
    const { shopId, customerId } = await requireCustomer(request);
    const body = await readJson(request, LinkRequest);
    if (!body.ok) return corsError(422, "bad_request", body.message);

    const gid = orderGidFrom(body.fields.order);
    const proof = { customerId, checkoutToken: body.fields.checkout ?? null };
    const order = gid && (await findEntitledOrder(shopId, gid, proof));
    if (!order) return corsError(404, "order_not_found", "There is no such order, or it is not yours.");

    await sendFreshLink(shopId, order.id, new Date());
    return corsJson({ accepted: true }, 202);
  });
}
