import { BlockStack, Button, InlineGrid, InlineStack, Tabs, Text } from "@shopify/polaris";
import { useState } from "react";
import { lineReasonText } from "~/domain/key-import/line-reasons";
import type { Import } from "./import-calls";
import { ReportButton } from "./report-lines";
import { ScrollTable } from "./scroll-table";

type Props = {
  found: Import;
  isBusy: boolean;
  onAdd: () => void;
  onChangeColumns: () => void;
  onCancel: () => void;
};

/** What an import would do, before it does it. */
export function DryRun({ found, isBusy, onAdd, onChangeColumns, onCancel }: Props) {
  const { fileName, fresh, pools } = found;
  const into = pools.filter((pool) => pool.fresh > 0);
  const names = [...new Set(into.map(({ pool }) => pool))];

  return (
    <BlockStack gap="400">
      <Text as="p" breakWord>
        <b>{fileName}</b> is checked. Nothing is added yet.
      </Text>
      <Findings found={found} />
      {names.length > 1 && (
        <ScrollTable
          label="Pools"
          headings={["Pool", "New keys"]}
          rows={names.map((name) => [name, sumOf(into.filter(({ pool }) => pool === name)).toLocaleString("en")])}
        />
      )}
      <InlineStack gap="200">
        <Button variant="primary" onClick={onAdd} loading={isBusy} disabled={fresh === 0}>
          {fresh === 0 ? "No new keys to add" : `Add ${fresh.toLocaleString("en")} ${fresh === 1 ? "key" : "keys"}`}
        </Button>
        <Button onClick={onChangeColumns} disabled={isBusy}>
          Change columns
        </Button>
        <Button onClick={onCancel} disabled={isBusy}>
          Cancel import
        </Button>
      </InlineStack>
    </BlockStack>
  );
}

/** The counts, and the first hundred lines of each kind. */
export function Findings({ found }: { found: Import }) {
  const { id, fresh, alreadyHere, duplicatesInFile, bad, freshLines, lines, hasReport } = found;
  const of = (reasons: (reason: string) => boolean) => lines.filter(({ reason }) => reasons(reason));
  const kinds = [
    { content: "New", count: fresh, lines: [] },
    { content: "Already here", count: alreadyHere, lines: of((reason) => reason === "already_here") },
    { content: "Double", count: duplicatesInFile, lines: of((reason) => reason === "duplicate_in_file") },
    {
      content: "Bad",
      count: bad,
      lines: of((reason) => reason !== "already_here" && reason !== "duplicate_in_file"),
    },
  ];
  const [shown, setShown] = useState(() =>
    Math.max(
      0,
      kinds.findIndex(({ count }) => count > 0),
    ),
  );
  const kind = kinds[shown];
  const total = kind?.count ?? 0;

  return (
    <BlockStack gap="300">
      <InlineGrid columns={{ xs: 2, sm: 4 }} gap="200">
        {kinds.map(({ content, count }) => (
          <BlockStack key={content} gap="050">
            <Text as="span" tone="subdued">
              {content}
            </Text>
            <Text as="span" variant="headingMd" numeric>
              {count.toLocaleString("en")}
            </Text>
          </BlockStack>
        ))}
      </InlineGrid>
      <Tabs
        tabs={kinds.map(({ content }) => ({ id: `lines-${content}`, content }))}
        selected={shown}
        onSelect={setShown}
      />
      {total === 0 && (
        <Text as="p" tone="subdued">
          There are none.
        </Text>
      )}
      {total > 0 && shown === 0 && (
        <ScrollTable
          label="New keys"
          headings={["Line", "Key ends in", "Pool"]}
          rows={freshLines.map(({ line, end, pool }) => [line.toLocaleString("en"), end || "–", pool])}
        />
      )}
      {total > 0 && shown > 0 && (
        <ScrollTable
          label={`Lines: ${kind?.content}`}
          headings={["Line", "Key ends in", "Why"]}
          rows={(kind?.lines ?? []).map(({ line, end, reason }) => [
            line.toLocaleString("en"),
            end || "–",
            lineReasonText[reason],
          ])}
        />
      )}
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Text as="span" variant="bodySm" tone="subdued">
          {total > 100 ? `The first 100 of ${total.toLocaleString("en")}.` : ""}
        </Text>
        {hasReport && <ReportButton importId={id} />}
      </InlineStack>
    </BlockStack>
  );
}

function sumOf(pools: { fresh: number }[]): number {
  return pools.reduce((sum, { fresh }) => sum + fresh, 0);
}
