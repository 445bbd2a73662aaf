import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import {
  Banner,
  BlockStack,
  Box,
  Button,
  Card,
  DropZone,
  InlineStack,
  Spinner,
  Text,
  TextField,
} from "@shopify/polaris";
import { useEffect, useState } from "react";
import type { ImportReport } from "~/domain/key-import/import-report";
import { KEY_FILE_LIMITS } from "~/domain/key-import/key-file";
import type { KeyFilePreview } from "~/domain/key-import/preview-keys";
import { ImportPreview, type ImportChoice } from "./import-preview";
import { addedText, ReportLines, reportSentence } from "./report-lines";

type Answer =
  | { kind: "preview"; preview: KeyFilePreview }
  | { kind: "imported"; report: ImportReport; served: number }
  | { kind: "refused"; message: string };

const PREVIEW_BYTES = 65_536;
const TOO_LARGE = "This file is larger than 20 MB. Split it and import the parts one after the other.";

/** Takes a file or pasted keys, shows what is in it, imports it and reports. */
export function ImportCard({ poolId }: { poolId: string }) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<Answer>();
  const [file, setFile] = useState<File | null>(null);
  const [dismissed, setDismissed] = useState<Answer | null>(null);
  const isBusy = fetcher.state !== "idle";
  const intent = fetcher.formData?.get("intent");

  const isTooLarge = file !== null && file.size > KEY_FILE_LIMITS.bytes;
  const answered = fetcher.data && fetcher.data !== dismissed ? fetcher.data : null;
  const answer: Answer | null = isTooLarge ? { kind: "refused", message: TOO_LARGE } : answered;

  const { data } = fetcher;
  useEffect(() => {
    if (data?.kind === "imported") shopify.toast.show(addedText(data.report));
  }, [data, shopify]);

  const send = (fields: Record<string, string>, part: Blob, name: string) => {
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.set(field, value);
    form.set("file", part, name);
    fetcher.submit(form, { method: "post", action: `/app/pools/${poolId}/import`, encType: "multipart/form-data" });
  };
  const choose = (chosen: File) => {
    setFile(chosen);
    setDismissed(fetcher.data ?? null);
    if (chosen.size <= KEY_FILE_LIMITS.bytes) {
      send({ intent: "preview" }, chosen.slice(0, PREVIEW_BYTES), chosen.name);
    }
  };
  const again = () => {
    setFile(null);
    setDismissed(fetcher.data ?? null);
  };

  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Import keys
        </Text>
        {answer?.kind === "refused" && (
          <Banner tone="critical" title={file ? `${file.name} cannot be imported` : undefined}>
            {answer.message}
          </Banner>
        )}
        {answer?.kind === "imported" && <Imported {...answer} fileName={file?.name ?? ""} onAgain={again} />}
        {(!answer || answer.kind === "refused") && !isBusy && <KeySource onChoose={choose} />}
        {file && answer?.kind === "preview" && intent !== "import" && (
          <ImportPreview
            fileName={file.name}
            preview={answer.preview}
            isBusy={isBusy}
            onHeaderChange={(hasHeader) =>
              send({ intent: "preview", hasHeader: yesOrNo(hasHeader) }, file.slice(0, PREVIEW_BYTES), file.name)
            }
            onImport={({ column, hasHeader }: ImportChoice) =>
              send({ intent: "import", column: String(column), hasHeader: yesOrNo(hasHeader) }, file, file.name)
            }
            onCancel={again}
          />
        )}
      </BlockStack>
      <div role="status" aria-live="polite">
        {isBusy && file && answer?.kind !== "imported" && (answer?.kind !== "preview" || intent === "import") && (
          <Box paddingBlockStart="400">
            <InlineStack gap="200" blockAlign="center">
              <Spinner size="small" accessibilityLabel="" />
              <Text as="span">
                {intent === "import" ? `Encrypting and adding the keys of ${file.name}…` : `Looking at ${file.name}…`}
              </Text>
            </InlineStack>
          </Box>
        )}
      </div>
    </Card>
  );
}

function KeySource({ onChoose }: { onChoose: (file: File) => void }) {
  const [isPasting, setIsPasting] = useState(false);
  const [pasted, setPasted] = useState("");

  if (isPasting) {
    return (
      <BlockStack gap="300">
        <TextField
          label="Keys, one per line"
          value={pasted}
          onChange={setPasted}
          multiline={6}
          maxHeight={240}
          autoComplete="off"
          spellCheck={false}
          monospaced
        />
        <InlineStack gap="200">
          <Button
            variant="primary"
            disabled={pasted.trim() === ""}
            onClick={() => onChoose(new File([pasted], "Pasted keys", { type: "text/plain" }))}
          >
            Continue
          </Button>
          <Button onClick={() => setIsPasting(false)}>Choose a file instead</Button>
        </InlineStack>
      </BlockStack>
    );
  }
  return (
    <BlockStack gap="300" inlineAlign="stretch">
      <DropZone
        label="CSV file with license keys"
        labelHidden
        allowMultiple={false}
        variableHeight
        onDrop={([chosen]) => chosen && onChoose(chosen)}
      >
        <DropZone.FileUpload actionTitle="Choose a CSV file" actionHint="or drop it here: up to 20 MB, 500,000 keys" />
      </DropZone>
      <InlineStack>
        <Button variant="plain" onClick={() => setIsPasting(true)}>
          Paste keys instead
        </Button>
      </InlineStack>
    </BlockStack>
  );
}

type ImportedProps = { report: ImportReport; served: number; fileName: string; onAgain: () => void };

function Imported({ report, served, fileName, onAgain }: ImportedProps) {
  return (
    <BlockStack gap="400">
      <Banner tone={report.added > 0 ? "success" : "warning"} title={reportSentence(report)}>
        {served > 0 &&
          (served === 1
            ? "1 of them went to a customer who waited."
            : `${served.toLocaleString("en")} of them went to customers who waited.`)}
      </Banner>
      <ReportLines report={report} fileName={fileName} />
      <InlineStack>
        <Button onClick={onAgain}>Import more keys</Button>
      </InlineStack>
    </BlockStack>
  );
}

function yesOrNo(answer: boolean): string {
  return answer ? "yes" : "no";
}
