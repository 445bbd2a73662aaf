import { BlockStack, Button, Card, Modal, Text } from "@shopify/polaris";
import { useState } from "react";
import { Dialog } from "~/ui/dialog";
import { Moment } from "~/ui/moment";
import type { Import } from "./import-calls";
import { problemText } from "./import-problem";
import { ReportLines, reportSentence } from "./report-lines";

/** What was imported before, newest first. */
export function ImportsCard({ imports }: { imports: Import[] }) {
  const [shown, setShown] = useState<Import | null>(null);

  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Imports
        </Text>
        {imports.length === 0 && (
          <Text as="p" tone="subdued">
            Nothing was imported yet.
          </Text>
        )}
        {imports.map((one) => (
          <BlockStack key={one.id} gap="050" inlineAlign="start">
            <Text as="span" breakWord fontWeight="medium">
              {one.fileName}
            </Text>
            <Text as="span" variant="bodySm" tone="subdued">
              <Moment at={one.createdAt} />
            </Text>
            <Text as="span" variant="bodySm" tone={one.state === "failed" ? "critical" : undefined}>
              {whatCameOf(one)}
            </Text>
            {one.state === "done" && one.lines.length > 0 && (
              <Button variant="plain" onClick={() => setShown(one)} accessibilityLabel={`Report on ${one.fileName}`}>
                Report
              </Button>
            )}
          </BlockStack>
        ))}
      </BlockStack>
      {shown && (
        <Dialog onClose={() => setShown(null)} title={`Import of ${shown.fileName}`}>
          <Modal.Section>
            <ReportLines found={shown} />
          </Modal.Section>
        </Dialog>
      )}
    </Card>
  );
}

function whatCameOf(one: Import): string {
  if (one.state === "done") return reportSentence(one);
  if (one.state === "failed") return `${problemText(one.problem ?? "", one.problemLine)} Nothing was added.`;
  return one.state === "checked" ? "Checked; waits for you." : "Under way…";
}
