import type { LoaderFunctionArgs } from "@remix-run/node";
import { listCustomerGrants } from "~/domain/grant/list-customer-grants.server";
import { findEntitledOrder } from "~/domain/order/entitled-order.server";
import { listCustomerOrders } from "~/domain/order/list-customer-orders.server";
import { answerExtension, corsError, corsJson } from "~/http/cors";
import { requireCustomer, type Viewer } from "~/http/require-customer.server";
import { orderGidFrom } from "~/gateways/shopify/order-gid";

export function loader({ request }: LoaderFunctionArgs) {
  return answerExtension(request, async () => {
    const viewer = await requireCustomer(request);
    const { searchParams } = new URL(request.url);

    return searchParams.has("order")
      ? ofOneOrder(viewer, searchParams.get("order") ?? "", searchParams.get("checkout"))
      : ofAllOrders(viewer, searchParams.get("after"));
  });
}

async function ofOneOrder({ shopId, customerId }: Viewer, asked: string, checkoutToken: string | null) {
  const gid = orderGidFrom(asked);
  const order = gid && (await findEntitledOrder(shopId, gid, { customerId, checkoutToken }));
  if (!order) return corsError(404, "order_not_found", "There is no such order, or it is not yours.");

  const grants = await listCustomerGrants(shopId, [order.id], new Date());
  return corsJson({ order: { id: order.shopifyId, name: order.name }, grants: grants.get(order.id) ?? [] });
}

async function ofAllOrders({ shopId, customerId }: Viewer, after: string | null) {
  if (!customerId) return corsError(403, "sign_in_required", "Sign in to see all your downloads.");

  const { orders, next } = await listCustomerOrders(shopId, customerId, after);
  const grants = await listCustomerGrants(
    shopId,
    orders.map((order) => order.id),
    new Date(),
  );
  return corsJson({
    orders: orders.map(({ id, shopifyId, name }) => ({ id: shopifyId, name, grants: grants.get(id) ?? [] })),
    next,
  });
}
