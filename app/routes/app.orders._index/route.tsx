import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Card, EmptyState, Page } from "@shopify/polaris";
import { listOrders } from "~/domain/order/list-orders.server";
import { orderFilters } from "~/domain/order/order-filter";
import { findSweeping } from "~/domain/sweep/find-sweeping.server";
import { requireShop } from "~/http/require-shop.server";
import { OrdersTable } from "./orders-table";
import { SweepLine } from "./sweep-line";

const MAX_SEARCH = 200;

export const meta = () => [{ title: "Orders – Featherpost" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const query = new URL(request.url).searchParams;
  const search = (query.get("q") ?? "").slice(0, MAX_SEARCH);
  const cursor = query.get("cursor") ?? undefined;

  const only = orderFilters.find((filter) => filter === query.get("only"));
  const [page, sweeping] = await Promise.all([
    listOrders({ shopId: shop.id, only, search, cursor }),
    findSweeping(shop.id, new Date()),
  ]);

  return json({ ...page, search, only: only ?? null, sweeping });
}

export default function OrdersPage() {
  const { orders, next, previous, search, only, sweeping } = useLoaderData<typeof loader>();
  const isEmpty = orders.length === 0 && search === "" && !only && !previous;

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
        <OrdersTable orders={orders} next={next} previous={previous} search={search} only={only} />
      )}
      <SweepLine sweeping={sweeping} />
    </Page>
  );
}
