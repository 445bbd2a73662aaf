import { Banner, BlockStack, Button, Checkbox, InlineGrid, InlineStack, Select, Spinner, Text } from "@shopify/polaris";
import { useEffect, useState } from "react";
import type { KeyFileChoice } from "~/domain/key-import/key-file-choice";
import { extraColumns, type ExtraColumn } from "~/domain/key-import/key-file-columns";
import type { KeyFilePreview } from "~/domain/key-import/preview-keys";
import { previewImport, type Import } from "./import-calls";
import { ScrollTable } from "./scroll-table";

type Props = { found: Import; isBusy: boolean; onCheck: (choice: KeyFileChoice) => void; onCancel: () => void };

const NONE = "";

const extraLabels: Record<ExtraColumn, string> = {
  pool: "Pool",
  sku: "SKU",
  activationLimit: "Activation limit",
  expiresAt: "Expiry",
  note: "Note",
};

/** The first lines of a file, to say by which column is which. */
export function ImportColumns({ found, isBusy, onCheck, onCancel }: Props) {
  const [choice, setChoice] = useState<KeyFileChoice>(found.choice);
  const [read, setRead] = useState<{ preview: KeyFilePreview } | { problem: string } | null>(null);
  const [isMissing, setIsMissing] = useState(false);
  const { hasHeader } = choice;

  useEffect(() => {
    let isCurrent = true;
    previewImport(found.id, hasHeader).then(
      (preview) => isCurrent && setRead({ preview }),
      (error: unknown) => isCurrent && setRead({ problem: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [found.id, hasHeader]);

  if (!read) return <Spinner accessibilityLabel="Reading the first lines" size="small" />;
  if ("problem" in read) return <Banner tone="critical">{read.problem}</Banner>;

  const { preview } = read;
  const key = choice.column ?? preview.column ?? NONE;
  const extraOf = (extra: ExtraColumn) => (choice[extra] === undefined ? preview.extras[extra] : choice[extra]);
  const columns = preview.columns.map((label, index) => ({ label, value: String(index) }));
  const check = () => {
    setIsMissing(key === NONE);
    if (key !== NONE) onCheck({ ...choice, column: key, hasHeader: preview.hasHeader });
  };

  return (
    <BlockStack gap="400">
      <Text as="p" breakWord>
        The first lines of <b>{found.fileName}</b>:
      </Text>
      <ScrollTable
        label={`The first lines of ${found.fileName}`}
        headings={preview.columns.map((name, index) => (key === index ? `${name} (keys)` : name))}
        rows={preview.rows.map((row) => preview.columns.map((_, index) => row[index] ?? ""))}
      />
      <Checkbox
        label="The first line names the columns; it is not a key"
        checked={preview.hasHeader}
        disabled={isBusy}
        onChange={(said) => setChoice({ ...choice, hasHeader: said })}
      />
      {preview.columns.length > 1 && (
        <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
          <Select
            label="Column that holds the keys"
            options={[{ label: "Choose a column", value: NONE, disabled: true }, ...columns]}
            value={String(key)}
            error={isMissing && key === NONE ? "Choose the column that holds the keys" : undefined}
            onChange={(chosen) => setChoice({ ...choice, column: Number(chosen) })}
          />
          {extraColumns.map((extra) => (
            <Select
              key={extra}
              label={extraLabels[extra]}
              options={[{ label: "In no column", value: NONE }, ...columns]}
              value={String(extraOf(extra) ?? NONE)}
              onChange={(chosen) => setChoice({ ...choice, [extra]: chosen === NONE ? null : Number(chosen) })}
            />
          ))}
        </InlineGrid>
      )}
      <InlineStack gap="200">
        <Button variant="primary" onClick={check} loading={isBusy}>
          Check the file
        </Button>
        <Button onClick={onCancel} disabled={isBusy}>
          Cancel import
        </Button>
      </InlineStack>
    </BlockStack>
  );
}
