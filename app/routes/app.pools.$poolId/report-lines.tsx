import { useAppBridge } from "@shopify/app-bridge-react";
import { BlockStack, Button, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import type { ImportReport } from "~/domain/key-import/import-report";
import { lineReasonText } from "~/domain/key-import/line-reasons";
import { signReport, type Import } from "./import-calls";
import { ScrollTable } from "./scroll-table";

/** One sentence on what came of an import. */
export function reportSentence({ added, duplicatesInFile, alreadyHere, bad }: Omit<ImportReport, "lines">): string {
  const passedOver = [
    duplicatesInFile > 0 ? `${counted(duplicatesInFile, "line")} stood in the file more than once` : "",
    alreadyHere > 0 ? `${counted(alreadyHere, "key")} you had already` : "",
    bad > 0 ? `${counted(bad, "line")} could not be read` : "",
  ].filter((part) => part !== "");
  return [addedText({ added }), ...passedOver].join("; ") + ".";
}

export function addedText({ added }: Pick<ImportReport, "added">): string {
  return `${counted(added, "key")} added`;
}

/** The lines that added no key, and why. */
export function ReportLines({ found }: { found: Import }) {
  const { id, lines, duplicatesInFile, alreadyHere, bad, hasReport } = found;
  const total = duplicatesInFile + alreadyHere + bad;
  if (total === 0) return null;

  return (
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Text as="h3" variant="headingSm">
          Lines passed over
        </Text>
        {hasReport && <ReportButton importId={id} />}
      </InlineStack>
      <ScrollTable
        label="Lines passed over"
        headings={["Line", "Key ends in", "Why"]}
        rows={lines.map(({ line, end, reason }) => [line.toLocaleString("en"), end || "–", lineReasonText[reason]])}
      />
      {total > lines.length && (
        <Text as="p" tone="subdued">
          The first 100 of each kind, of {total.toLocaleString("en")} in all.
        </Text>
      )}
    </BlockStack>
  );
}

/** Fetches the whole report: every line that adds no key. */
export function ReportButton({ importId }: { importId: string }) {
  const shopify = useAppBridge();
  const [isBusy, setIsBusy] = useState(false);
  const download = async () => {
    setIsBusy(true);
    try {
      const link = document.createElement("a");
      link.href = await signReport(importId);
      link.click();
    } catch {
      shopify.toast.show("The report could not be loaded. Try again.", { isError: true });
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Button size="slim" loading={isBusy} onClick={() => void download()}>
      Download the full report
    </Button>
  );
}

function counted(count: number, one: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : `${one}s`}`;
}
