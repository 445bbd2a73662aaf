import { useNavigation, useSearchParams } from "@remix-run/react";
import {
  Badge,
  BlockStack,
  Box,
  Card,
  IndexTable,
  InlineStack,
  Link,
  Tabs,
  Text,
  TextField,
  useBreakpoints,
} from "@shopify/polaris";
import { useEffect, useState } from "react";
import type { OrderFilter } from "~/domain/order/order-filter";
import { grantStates, paymentText } from "~/ui/grant-state";
import { Moment } from "~/ui/moment";
import { pagesOf } from "~/ui/pages-of";
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

const SEARCH_AFTER_MS = 300;

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
        <OrderSearch search={search} onSearch={(q) => show({ q }, { replace: true })} />
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
            {smDown ? <NarrowRow {...order} /> : <WideRow {...order} />}
          </IndexTable.Row>
        ))}
      </IndexTable>
    </Card>
  );
}

function WideRow(order: OrderRow) {
  return (
    <>
      <IndexTable.Cell>
        <OrderLink {...order} />
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

function NarrowRow(order: OrderRow) {
  return (
    <div style={{ padding: "12px 16px", width: "100%" }}>
      <BlockStack gap="100">
        <InlineStack align="space-between" gap="200">
          <OrderLink {...order} />
          <Text as="span" tone="subdued">
            <Moment at={order.processedAt} />
          </Text>
        </InlineStack>
        <Text as="span" breakWord>
          {order.email ?? "No email"} · {paymentText(order)}
        </Text>
        <Given {...order} />
      </BlockStack>
    </div>
  );
}

function OrderLink({ id, name }: OrderRow) {
  return (
    <Link url={`/app/orders/${id}`} dataPrimaryLink monochrome removeUnderline>
      <Text as="span" fontWeight="semibold">
        {name}
      </Text>
    </Link>
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

/** Searches as the person types, a moment after the last key. */
function OrderSearch({ search, onSearch }: { search: string; onSearch: (search: string) => void }) {
  const [text, setText] = useState(search);
  const [waiting, setWaiting] = useState<string | null>(null);

  useEffect(() => {
    if (waiting === null) return;
    const timer = setTimeout(() => {
      setWaiting(null);
      onSearch(waiting.trim());
    }, SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [waiting, onSearch]);

  const change = (value: string) => {
    setText(value);
    setWaiting(value);
  };
  return (
    <TextField
      label="Search orders"
      labelHidden
      type="search"
      placeholder="Search by order name or email"
      value={text}
      onChange={change}
      clearButton
      onClearButtonClick={() => change("")}
      autoComplete="off"
    />
  );
}
