import { BlockStack, Button, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import type { Import } from "./import-calls";
import { problemText } from "./import-problem";

type Props = { title: string; detail: string; percent: number; isBusy?: boolean; onCancel: () => void };

/** How far something is, and the way out. */
export function ImportWork({ title, detail, percent, isBusy = false, onCancel }: Props) {
  return (
    <BlockStack gap="300">
      <div role="status" aria-live="polite">
        <Text as="p" breakWord id="import-work">
          {title}
        </Text>
      </div>
      <ProgressBar progress={percent} size="small" tone="highlight" ariaLabelledBy="import-work" />
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Text as="span" variant="bodySm" tone="subdued">
          {detail}
        </Text>
        <Button size="slim" onClick={onCancel} loading={isBusy}>
          Cancel import
        </Button>
      </InlineStack>
    </BlockStack>
  );
}

/** What a job is doing at the moment, honestly: what cannot be counted is not. */
export function workOf(found: Import): { title: string; detail: string; percent: number } {
  const { state, fileName, problem, problemLine, sizeBytes, readBytes, linesRead, fresh, added } = found;
  if (state === "checking") {
    const isRead = sizeBytes > 0 && readBytes >= sizeBytes;
    const reading = readBytes === 0 ? "Waiting for its turn…" : `${linesRead.toLocaleString("en")} lines read`;
    const detail = isRead ? "Comparing with the keys you have…" : reading;
    return {
      title: `Checking ${fileName}: nothing is added yet`,
      detail: problem ? problemText(problem, problemLine) : detail,
      percent: sizeBytes === 0 ? 0 : Math.min(95, Math.floor((readBytes / sizeBytes) * 95)),
    };
  }
  const total = fresh.toLocaleString("en");
  return {
    title: `Adding the keys of ${fileName}`,
    detail:
      added === 0
        ? "Waiting for its turn…"
        : added < fresh
          ? `${added.toLocaleString("en")} of ${total} keys`
          : "Giving keys to customers who wait…",
    percent: fresh === 0 ? 0 : Math.min(95, Math.floor((added / fresh) * 95)),
  };
}
