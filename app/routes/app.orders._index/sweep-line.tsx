import { Box, Text } from "@shopify/polaris";
import { Moment } from "~/ui/moment";

type Sweeping = { sweptAt: string | null; repaired: number; underWay: number | null; problem: string | null };

/** How the list is kept true: what Shopify was asked, and what that repaired. */
export function SweepLine({ sweeping: { sweptAt, repaired, underWay, problem } }: { sweeping: Sweeping }) {
  return (
    <Box paddingBlock="400" paddingInline={{ xs: "400", sm: "0" }}>
      <Text as="p" tone="subdued" alignment="center">
        {sweptAt ? (
          <>
            Last compared with Shopify <Moment at={sweptAt} />. {repairedText(repaired)}
          </>
        ) : (
          "Not yet compared with Shopify: that begins by itself within minutes."
        )}
        {underWay !== null && ` The last 60 days are being compared: ${underWay.toLocaleString("en")} orders so far.`}
        {problem && ` It cannot go on just now: ${problem}.`}
      </Text>
    </Box>
  );
}

function repairedText(repaired: number): string {
  if (repaired === 0) return "In the last 7 days nothing had to be repaired.";
  const orders = repaired === 1 ? "1 order" : `${repaired.toLocaleString("en")} orders`;
  return `In the last 7 days that brought ${orders} up to date.`;
}
