import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import { isUnderWay, type RunView } from "~/domain/bulk-run/run-view";

/** How far a run is, and the way to stop it; nothing once it has ended. */
export function RunProgress({ run }: { run: RunView }) {
  const stopping = useFetcher();
  if (!isUnderWay(run)) return null;

  const share = run.total ? Math.min(100, Math.round((run.done / run.total) * 100)) : 0;
  return (
    <BlockStack gap="200">
      <ProgressBar progress={share} size="small" tone="primary" animated={false} />
      <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
        <Text as="p" tone="subdued">
          <span aria-live="polite">{progressText(run)}</span>
        </Text>
        <Button
          variant="tertiary"
          loading={stopping.state !== "idle"}
          onClick={() => stopping.submit({}, { method: "post", action: `/app/runs/${run.id}` })}
        >
          Stop
        </Button>
      </InlineStack>
      {run.problem && (
        <Text as="p" tone="critical">
          {`It cannot go on just now: ${run.problem}. It is tried again by itself.`}
        </Text>
      )}
    </BlockStack>
  );
}

function progressText({ done, total }: RunView): string {
  if (total === null) return "Counting the orders…";
  return `${done.toLocaleString("en")} of ${ordersText(total)}. You can leave this page: it goes on.`;
}

export function ordersText(count: number): string {
  return count === 1 ? "1 order" : `${count.toLocaleString("en")} orders`;
}
