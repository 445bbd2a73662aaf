import { BlockStack, Button, Checkbox, InlineStack, Select, Text } from "@shopify/polaris";
import { useState } from "react";
import type { KeyFilePreview } from "~/domain/key-import/preview-keys";
import { ScrollTable } from "./scroll-table";

export type ImportChoice = { column: number; hasHeader: boolean };

type Props = {
  fileName: string;
  preview: KeyFilePreview;
  isBusy: boolean;
  onHeaderChange: (hasHeader: boolean) => void;
  onImport: (choice: ImportChoice) => void;
  onCancel: () => void;
};

const ASK = "";

/** The first lines of a file, to choose the column of keys by. */
export function ImportPreview({ fileName, preview, isBusy, onHeaderChange, onImport, onCancel }: Props) {
  const { columns, hasHeader, rows } = preview;
  const [chosen, setChosen] = useState<string | null>(null);
  const [isMissing, setIsMissing] = useState(false);
  const column = chosen ?? preview.column?.toString() ?? ASK;

  const start = () => {
    setIsMissing(column === ASK);
    if (column !== ASK) onImport({ column: Number(column), hasHeader });
  };

  return (
    <BlockStack gap="400">
      <Text as="p" breakWord>
        The first lines of <b>{fileName}</b>:
      </Text>
      <ScrollTable
        label={`The first lines of ${fileName}`}
        headings={columns.map((name, index) => (column === String(index) ? `${name} (keys)` : name))}
        rows={rows.map((row) => columns.map((_, index) => row[index] ?? ""))}
      />
      {columns.length > 1 && (
        <Select
          label="Column that holds the keys"
          options={[
            { label: "Choose a column", value: ASK, disabled: true },
            ...columns.map((label, index) => ({ label, value: String(index) })),
          ]}
          value={column}
          error={isMissing && column === ASK ? "Choose the column that holds the keys" : undefined}
          onChange={setChosen}
        />
      )}
      <Checkbox
        label="The first line names the columns; it is not a key"
        checked={hasHeader}
        disabled={isBusy}
        onChange={onHeaderChange}
      />
      <InlineStack gap="200">
        <Button variant="primary" onClick={start} loading={isBusy}>
          Import keys
        </Button>
        <Button onClick={onCancel} disabled={isBusy}>
          Cancel
        </Button>
      </InlineStack>
    </BlockStack>
  );
}
