import { useNavigation, useSearchParams } from "@remix-run/react";
import { Badge, Box, Card, IndexTable, InlineStack, Tabs, Text, useBreakpoints } from "@shopify/polaris";
import type { OrderFilter } from "~/domain/order/order-filter";
import { grantStates, paymentText } from "~/ui/grant-state";
import { Moment } from "~/ui/moment";
import { NarrowRow } from "~/ui/narrow-row";
import { pagesOf } from "~/ui/pages-of";
import { RowLink } from "~/ui/row-link";
import { SearchField } from "~/ui/search-field";
import { Wrapping } from "~/ui/wrapping";

type OrderRow = {
  id: string;
  name: string;
  email: string | null;
  processedAt: string;
  financialStatus: string;
  cancelledAt: string | null;
  grants: Record<keyof typeof grantStates, number>;
};

type Props = {
  orders: OrderRow[];
  next: string | null;
  previous: string | null;
  search: string;
  only: OrderFilter | null;
};

const filters: { id: OrderFilter | null; content: string; empty: string }[] = [
  { id: null, content: "All", empty: "No order gave anything yet." },
  { id: "held", content: "Held back", empty: "No order is held back." },
  { id: "unfulfilled", content: "Not fulfilled", empty: "Shopify knows of every order that it is fulfilled." },
  { id: "disputed", content: "Disputed", empty: "No order is disputed." },
];

export function OrdersTable({ orders, next, previous, search, only }: Props) {
  const [, setQuery] = useSearchParams();
  const { smDown } = useBreakpoints();
  const isLoading = useNavigation().state === "loading";
  const selected = Math.max(
    0,
    filters.findIndex(({ id }) => id === only),
  );
  const show = (changed: Record<string, string | null>, options?: { replace: boolean }) => {
    const query = Object.entries({ q: search, only, ...changed });
    setQuery(
      query.flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : [])),
      options,
    );
  };
  const turnTo = (cursor: string | null) => show({ cursor });

  return (
    <Card padding="0">
      <Tabs
        tabs={filters.map(({ id, content }) => ({ id: id ?? "all", content }))}
        selected={selected}
        onSelect={(index) => show({ only: filters[index]?.id ?? null })}
      />
      <Box padding="300">
        <SearchField
          label="Search orders"
          placeholder="Search by order name or email"
          search={search}
          onSearch={(q) => show({ q }, { replace: true })}
        />
      </Box>
      <IndexTable
        selectable={false}
        condensed={smDown}
        loading={isLoading}
        itemCount={orders.length}
        resourceName={{ singular: "order", plural: "orders" }}
        headings={[
          { title: "Order" },
          { title: "Placed" },
          { title: "Customer" },
          { title: "Payment" },
          { title: "Gave" },
        ]}
        emptyState={
          <Text as="p" alignment="center" tone="subdued">
            {search
              ? `No order matches “${search}”. Search for a part of its name or of the customer’s email.`
              : filters[selected]?.empty}
          </Text>
        }
        pagination={pagesOf({ previous, next }, turnTo)}
      >
        {orders.map((order, index) => (
          <IndexTable.Row id={order.id} key={order.id} position={index}>
            {smDown ? <NarrowCells {...order} /> : <WideCells {...order} />}
          </IndexTable.Row>
        ))}
      </IndexTable>
    </Card>
  );
}

function WideCells(order: OrderRow) {
  return (
    <>
      <IndexTable.Cell>
        <RowLink url={`/app/orders/${order.id}`}>{order.name}</RowLink>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Moment at={order.processedAt} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Wrapping>{order.email ?? "–"}</Wrapping>
      </IndexTable.Cell>
      <IndexTable.Cell>{paymentText(order)}</IndexTable.Cell>
      <IndexTable.Cell>
        <Given {...order} />
      </IndexTable.Cell>
    </>
  );
}

function NarrowCells(order: OrderRow) {
  return (
    <NarrowRow>
      <InlineStack align="space-between" gap="200">
        <RowLink url={`/app/orders/${order.id}`}>{order.name}</RowLink>
        <Text as="span" tone="subdued">
          <Moment at={order.processedAt} />
        </Text>
      </InlineStack>
      <Text as="span" breakWord>
        {order.email ?? "No email"} · {paymentText(order)}
      </Text>
      <Given {...order} />
    </NarrowRow>
  );
}

function Given({ grants }: OrderRow) {
  const states = Object.entries(grantStates).filter(([state]) => grants[state as keyof typeof grants] > 0);

  return (
    <InlineStack gap="100">
      {states.map(([state, { content, tone }]) => (
        <Badge key={state} tone={tone}>
          {`${grants[state as keyof typeof grants].toLocaleString("en")} ${content.toLowerCase()}`}
        </Badge>
      ))}
    </InlineStack>
  );
}
