import { BlockStack, Button, InlineStack, Text } from "@shopify/polaris";
import type { ImportReport } from "~/domain/key-import/import-report";
import { lineReasonText } from "~/domain/key-import/line-reasons";
import { reportCsv } from "~/domain/pool/report-csv";
import { ScrollTable } from "./scroll-table";

/** One sentence on what came of an import. */
export function reportSentence({ added, duplicatesInFile, alreadyHere, bad }: ImportReport): string {
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
export function ReportLines({ report, fileName }: { report: ImportReport; fileName: string }) {
  const { lines, duplicatesInFile, alreadyHere, bad } = report;
  const total = duplicatesInFile + alreadyHere + bad;
  if (total === 0) return null;

  return (
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Text as="h3" variant="headingSm">
          Lines passed over
        </Text>
        <Button size="slim" onClick={() => download(report, fileName)}>
          Download as CSV
        </Button>
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

function download({ lines }: ImportReport, fileName: string) {
  const rows = lines.map(({ line, end, reason }) => [line, end, lineReasonText[reason]]);
  // The mark makes Excel read it as UTF-8.
  const csv = new Blob(["\uFEFF", reportCsv([["Line", "Key ends in", "Why"], ...rows])], { type: "text/csv" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(csv);
  link.download = `report-${fileName.replace(/\.\w+$/, "")}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function counted(count: number, one: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : `${one}s`}`;
}
