import { BlockStack, Text } from "@shopify/polaris";
import { isUnderWay, type PastRunView } from "~/domain/bulk-run/run-view";
import { Moment } from "~/ui/moment";
import { ordersText, RunProgress } from "./run-progress";

/** What came of giving to past orders, or how far it is. */
export function PastRunResult({ run }: { run: PastRunView }) {
  return (
    <BlockStack gap="300">
      <Text as="p" breakWord>
        {run.input.titles.join(", ")}
      </Text>
      <RunProgress run={run} />
      {!isUnderWay(run) && <Text as="p">{outcomeText(run)}</Text>}
      <Text as="p" tone="subdued" variant="bodySm">
        Started <Moment at={run.createdAt} />
      </Text>
    </BlockStack>
  );
}

function outcomeText({ state, done, total, report }: PastRunView): string {
  const { orders, grants, waiting, asked } = report;
  const given = `${ordersText(orders)} got ${grants === 1 ? "1 item" : `${grants.toLocaleString("en")} items`}`;
  return [
    ...(state === "cancelled" ? [`Stopped after ${done.toLocaleString("en")} of ${ordersText(total ?? 0)}.`] : []),
    total === 0 ? "No past order lacked it: nothing was given." : `${given}.`,
    ...(waiting > 0
      ? [`${waiting.toLocaleString("en")} of them wait for keys: import some, and they are delivered.`]
      : []),
    ...(asked > 0
      ? [`For ${ordersText(asked)} Shopify is asked first how risky they are; that decides by itself.`]
      : []),
    ...(state === "cancelled" && orders > 0 ? ["What was given stays given."] : []),
  ].join(" ");
}
