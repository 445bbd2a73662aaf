import { useFetcher } from "@remix-run/react";
import { BlockStack, Box, Button, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import type { DryRunView } from "~/domain/bulk-run/run-view";
import { Moment } from "~/ui/moment";
import { DryRunResult } from "./dry-run-result";
import type { DryRunAnswer } from "./dry-run-answer";
import { useRun } from "./use-run";

type Props = {
  /** What to try, as the form that saves it sends it. */
  fields: Record<string, string>;
  disabled?: boolean;
  /** One that was tried before. */
  last?: DryRunView | null;
};

/** Offers to see what would be different, before anything is saved. */
export function DryRunPanel({ fields, disabled = false, last = null }: Props) {
  const starting = useFetcher<DryRunAnswer>();
  const started = starting.data?.runId ?? null;
  const run = useRun(started ?? last?.id ?? null, last);
  const [triedFor, setTriedFor] = useState("");
  const isOfNow = triedFor === JSON.stringify(fields);
  const start = () => {
    setTriedFor(JSON.stringify(fields));
    starting.submit(fields, { method: "post", action: "/app/runs/dry" });
  };

  return (
    <BlockStack gap="300">
      <InlineStack gap="200" blockAlign="center">
        <Button disabled={disabled} loading={starting.state !== "idle"} onClick={start}>
          See what this would have changed
        </Button>
      </InlineStack>
      <Text as="p" tone="subdued">
        Looks at your last 1,000 orders and changes nothing.
      </Text>
      {starting.data?.error && (
        <Text as="p" tone="critical">
          {starting.data.error}
        </Text>
      )}
      {run?.kind === "dry_run" && (
        <Box background="bg-surface-secondary" padding="400" borderRadius="200">
          <BlockStack gap="200">
            {!isOfNow && (
              <Text as="p" tone="subdued" variant="bodySm">
                Tried <Moment at={run.createdAt} />, with what the form said then
              </Text>
            )}
            <DryRunResult run={run} />
          </BlockStack>
        </Box>
      )}
    </BlockStack>
  );
}
