import { BlockStack, Button, Card, Modal, Text } from "@shopify/polaris";
import { useState } from "react";
import type { ImportReport } from "~/domain/key-import/import-report";
import { Moment } from "~/ui/moment";
import { ReportLines, reportSentence } from "./report-lines";

type Import = ImportReport & { id: string; fileName: string; createdAt: string };

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
            <Text as="span" variant="bodySm">
              {reportSentence(one)}
            </Text>
            {one.lines.length > 0 && (
              <Button variant="plain" onClick={() => setShown(one)} accessibilityLabel={`Report on ${one.fileName}`}>
                Report
              </Button>
            )}
          </BlockStack>
        ))}
      </BlockStack>
      {shown && (
        <Modal open onClose={() => setShown(null)} title={`Import of ${shown.fileName}`}>
          <Modal.Section>
            <ReportLines report={shown} fileName={shown.fileName} />
          </Modal.Section>
        </Modal>
      )}
    </Card>
  );
}
