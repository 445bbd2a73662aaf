import { Badge, BlockStack, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { lastsText } from "~/ui/pool-outlook";

type PoolLeft = { id: string; name: string; available: number; isLow: boolean; daysLeft: number | null };

/** @param pools  those that run low first */
export function PoolsCard({ pools }: { pools: PoolLeft[] }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Keys left
        </Text>
        {pools.length === 0 && (
          <Text as="p" tone="subdued">
            Selling software? <Link url="/app/pools">Create a key pool</Link> and every unit sold gets its own key.
          </Text>
        )}
        {pools.map((pool) => (
          <InlineStack key={pool.id} align="space-between" blockAlign="center" gap="200" wrap={false}>
            <BlockStack>
              <Text as="span" breakWord>
                <Link url={`/app/pools/${pool.id}`} removeUnderline>
                  {pool.name}
                </Link>
              </Text>
              {pool.daysLeft !== null && pool.available > 0 && (
                <Text as="span" variant="bodySm" tone="subdued">
                  {lastsText(pool.daysLeft)}
                </Text>
              )}
            </BlockStack>
            <Badge tone={toneOf(pool)}>{pool.available.toLocaleString("en")}</Badge>
          </InlineStack>
        ))}
        {pools.length > 0 && (
          <Text as="p" variant="bodySm">
            <Link url="/app/pools">All key pools</Link>
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}

function toneOf({ available, isLow }: PoolLeft) {
  if (available === 0) return "critical";
  return isLow ? "warning" : undefined;
}
