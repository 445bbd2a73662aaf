import { BlockStack, Button, Card, InlineStack, Link, List, Text } from "@shopify/polaris";
import { ordersText } from "~/ui/runs/run-progress";
import type { Preview } from "./past-orders-answer";

const SHOWN_NAMES = 10;

type Props = { preview: Preview; isStarting: boolean; onStart: () => void };

/** What giving would do, and the button that does it. */
export function PreviewCard({ preview, isStarting, onStart }: Props) {
  const { orders, grants, unaddressed, pools, unknownNames } = preview;

  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {orders === 0 ? "No order would get anything" : `${ordersText(orders)} would get ${items(grants)}`}
        </Text>
        {orders === 0 && (
          <Text as="p" tone="subdued">
            Every paid order of this product that was chosen has it already, or there is none.
          </Text>
        )}
        {pools.length + unaddressed + unknownNames.length > 0 && (
          <List>
            {pools.map((pool) => (
              <List.Item key={pool.id}>
                <Link url={`/app/pools/${pool.id}`}>{pool.name}</Link>
                {`: ${keysText(pool)}`}
              </List.Item>
            ))}
            {unaddressed > 0 && (
              <List.Item>{`${ordersText(unaddressed)} ${unaddressed === 1 ? "has" : "have"} no address to write to.`}</List.Item>
            )}
            {unknownNames.length > 0 && <List.Item>{`Not among your orders: ${namesText(unknownNames)}`}</List.Item>}
          </List>
        )}
        {orders > 0 && (
          <InlineStack>
            <Button variant="primary" onClick={onStart} loading={isStarting}>
              {`Give to ${ordersText(orders)}`}
            </Button>
          </InlineStack>
        )}
      </BlockStack>
    </Card>
  );
}

function keysText({ needed, available, isMade }: Preview["pools"][number]): string {
  const there = `${needed.toLocaleString("en")} keys needed, ${available.toLocaleString("en")} there.`;
  if (needed <= available) return there;
  if (isMade) return `${there} The rest is made by the pool’s rule.`;
  return `${there} ${(needed - available).toLocaleString("en")} will wait until you add keys.`;
}

function namesText(names: string[]): string {
  const more = names.length - SHOWN_NAMES;
  return names.slice(0, SHOWN_NAMES).join(", ") + (more > 0 ? ` and ${more.toLocaleString("en")} more` : "");
}

function items(count: number): string {
  return count === 1 ? "1 item" : `${count.toLocaleString("en")} items`;
}
