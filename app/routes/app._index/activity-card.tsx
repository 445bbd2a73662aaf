import { BlockStack, Box, Card, Divider, InlineStack, Link, Text } from "@shopify/polaris";
import { Fragment } from "react";

type Line = {
  id: string;
  at: string;
  ago: string;
  sentence: string;
  href: string | null;
  /** The person or the software, by name; null where the sentence says enough. */
  by: string | null;
};

/** What happened lately, newest first. */
export function ActivityCard({ activity }: { activity: Line[] }) {
  return (
    <Card padding="0">
      <Box padding="400" paddingBlockEnd="200">
        <Text as="h2" variant="headingMd">
          What happened lately
        </Text>
      </Box>
      {activity.length === 0 && (
        <Box padding="400" paddingBlockStart="100">
          <Text as="p" tone="subdued">
            Nothing yet. Uploads, orders and downloads show up here as they happen.
          </Text>
        </Box>
      )}
      <Box paddingBlockEnd="200">
        {activity.map(({ id, at, ago, sentence, href, by }, index) => (
          <Fragment key={id}>
            {index > 0 && <Divider />}
            <Box paddingInline="400" paddingBlock="200">
              <InlineStack align="space-between" blockAlign="start" gap="200" wrap={false}>
                <BlockStack>
                  <Text as="span" breakWord>
                    {href ? (
                      <Link url={href} monochrome removeUnderline>
                        {sentence}
                      </Link>
                    ) : (
                      sentence
                    )}
                  </Text>
                  {by && (
                    <Text as="span" variant="bodySm" tone="subdued">
                      {by}
                    </Text>
                  )}
                </BlockStack>
                <Box minWidth="fit-content">
                  <Text as="span" variant="bodySm" tone="subdued">
                    <time dateTime={at} title={at}>
                      {ago}
                    </time>
                  </Text>
                </Box>
              </InlineStack>
            </Box>
          </Fragment>
        ))}
      </Box>
    </Card>
  );
}
