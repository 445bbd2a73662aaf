import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Card, EmptyState, Page } from "@shopify/polaris";
import { listOrders } from "~/domain/order/list-orders.server";
import { requireShop } from "~/http/require-shop.server";
import { OrdersTable } from "./orders-table";

const MAX_SEARCH = 200;

export const meta = () => [{ title: "Orders – Featherpost" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const query = new URL(request.url).searchParams;
  const search = (query.get("q") ?? "").slice(0, MAX_SEARCH);
  const cursor = query.get("cursor") ?? undefined;

  return json({ ...(await listOrders({ shopId: shop.id, search, cursor })), search });
}

export default function OrdersPage() {
  const { orders, next, previous, search } = useLoaderData<typeof loader>();
  const isEmpty = orders.length === 0 && search === "" && !previous;

  return (
    <Page title="Orders" subtitle="The orders that gave something, newest first.">
      {isEmpty ? (
        <Card>
          <EmptyState
            heading="No order gave anything yet"
            image=""
            action={{ content: "See what products give", url: "/app/products" }}
          >
            <p>As soon as a customer pays for a product that gives files or keys, the order shows up here.</p>
          </EmptyState>
        </Card>
      ) : (
        <OrdersTable orders={orders} next={next} previous={previous} search={search} />
      )}
    </Page>
  );
}
