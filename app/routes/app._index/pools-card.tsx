import { Badge, BlockStack, Card, InlineStack, Link, Text } from "@shopify/polaris";

const FEW_KEYS = 10;

type PoolLeft = { id: string; name: string; available: number };

/** @param pools  the lowest first */
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
            <Text as="span" breakWord>
              <Link url={`/app/pools/${pool.id}`} removeUnderline>
                {pool.name}
              </Link>
            </Text>
            <Badge tone={toneOf(pool.available)}>{pool.available.toLocaleString("en")}</Badge>
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

function toneOf(available: number) {
  if (available === 0) return "critical";
  return available < FEW_KEYS ? "warning" : undefined;
}
