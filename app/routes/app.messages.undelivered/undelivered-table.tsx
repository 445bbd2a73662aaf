import { useFetcher, useNavigate, useSearchParams } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import {
  Badge,
  Banner,
  BlockStack,
  Card,
  IndexTable,
  Text,
  useBreakpoints,
  useIndexResourceState,
} from "@shopify/polaris";
import { useEffect } from "react";
import type { DeliveryKind } from "~/domain/delivery/kinds";
import { messageTitles } from "~/ui/message-titles";
import { Moment } from "~/ui/moment";
import { NarrowRow } from "~/ui/narrow-row";
import { RowLink } from "~/ui/row-link";
import { Wrapping } from "~/ui/wrapping";

/** What came of sending again; `refused` are sentences on those that were not. */
export type SendAgainAnswer = { queued: number; refused: string[] };

type Row = {
  orderId: string;
  name: string;
  email: string | null;
  kind: DeliveryKind;
  state: "failed" | "unaddressed";
  problem: string | null;
  createdAt: string;
};

type Props = { orders: Row[]; next: string | null; isFirst: boolean };

export function UndeliveredTable({ orders, next, isFirst }: Props) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<SendAgainAnswer>();
  const navigate = useNavigate();
  const [, setQuery] = useSearchParams();
  const { smDown } = useBreakpoints();
  const selection = useIndexResourceState(orders, { resourceIDResolver: ({ orderId }) => orderId });
  const { data, state } = fetcher;
  const { clearSelection } = selection;

  useEffect(() => {
    if (!data || data.queued === 0) return;
    shopify.toast.show(data.queued === 1 ? "1 message is on its way" : `${data.queued} messages are on their way`);
  }, [data, shopify]);

  const send = () => {
    fetcher.submit({ orderIds: selection.selectedResources.join(",") }, { method: "post" });
    clearSelection();
  };

  return (
    <BlockStack gap="400">
      {data && data.refused.length > 0 && (
        <Banner tone="warning" title="Not sent again">
          {data.refused.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Banner>
      )}
      <Card padding="0">
        <IndexTable
          condensed={smDown}
          loading={state !== "idle"}
          itemCount={orders.length}
          resourceName={{ singular: "order", plural: "orders" }}
          selectedItemsCount={selection.allResourcesSelected ? "All" : selection.selectedResources.length}
          onSelectionChange={selection.handleSelectionChange}
          promotedBulkActions={[{ content: "Send again", onAction: send }]}
          headings={[
            { title: "Order" },
            { title: "Customer" },
            { title: "Message" },
            { title: "Why" },
            { title: "Since" },
          ]}
          pagination={
            isFirst && !next
              ? undefined
              : {
                  hasPrevious: !isFirst,
                  hasNext: next !== null,
                  onPrevious: () => navigate(-1),
                  onNext: () => setQuery(next ? { cursor: next } : {}),
                }
          }
        >
          {orders.map((order, index) => (
            <IndexTable.Row
              key={order.orderId}
              id={order.orderId}
              position={index}
              selected={selection.selectedResources.includes(order.orderId)}
            >
              {smDown ? <NarrowCells {...order} /> : <WideCells {...order} />}
            </IndexTable.Row>
          ))}
        </IndexTable>
      </Card>
    </BlockStack>
  );
}

function WideCells(order: Row) {
  return (
    <>
      <IndexTable.Cell>
        <RowLink url={`/app/orders/${order.orderId}`}>{order.name}</RowLink>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Wrapping>{order.email ?? "–"}</Wrapping>
      </IndexTable.Cell>
      <IndexTable.Cell>{messageTitles[order.kind]}</IndexTable.Cell>
      <IndexTable.Cell>
        <div style={{ maxWidth: 320, whiteSpace: "normal" }}>
          <Why {...order} />
        </div>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Moment at={order.createdAt} />
      </IndexTable.Cell>
    </>
  );
}

function NarrowCells(order: Row) {
  return (
    <NarrowRow>
      <RowLink url={`/app/orders/${order.orderId}`}>{order.name}</RowLink>
      <Text as="span" breakWord>
        {order.email ?? "No email"} · <Moment at={order.createdAt} />
      </Text>
      <Why {...order} />
    </NarrowRow>
  );
}

function Why({ state, problem }: Row) {
  if (state === "unaddressed") {
    return (
      <div>
        <Badge tone="warning">No email address</Badge>
      </div>
    );
  }
  return (
    <Text as="span" tone="critical" breakWord>
      {problem ?? "It failed."}
    </Text>
  );
}
