import { useRevalidator } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { BlockStack, Button, ButtonGroup, Card, InlineError, InlineStack, Text } from "@shopify/polaris";
import { useId, useRef, useState } from "react";
import { Moment } from "~/ui/moment";
import { sizeInWords } from "~/ui/size-in-words";
import { isSameFile, type Unfinished } from "./unfinished";
import { callCancel } from "./upload-calls";
import { addUploads } from "./upload-store";

/** Uploads that stopped half way: each goes on once its file is chosen again. */
export function UnfinishedCard({ unfinished }: { unfinished: Unfinished[] }) {
  if (unfinished.length === 0) return null;

  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingSm">
            Unfinished uploads
          </Text>
          <Text as="p" tone="subdued">
            Choose the file again and it goes on where it stopped. After 7 days an unfinished upload is removed.
          </Text>
        </BlockStack>
        {unfinished.map((upload) => (
          <UnfinishedRow key={upload.versionId} upload={upload} />
        ))}
      </BlockStack>
    </Card>
  );
}

function UnfinishedRow({ upload }: { upload: Unfinished }) {
  const { fileName, sizeBytes, versionOf, createdAt, versionId, assetId } = upload;
  const shopify = useAppBridge();
  const { revalidate } = useRevalidator();
  const input = useRef<HTMLInputElement>(null);
  const inputId = useId();
  const [problem, setProblem] = useState<string | null>(null);
  const [isCancelling, setIsCancelling] = useState(false);

  const resume = (file: File) => {
    if (isSameFile(file, upload)) return addUploads([file], { kind: "rest", versionId, assetId });
    setProblem("This is another file: its name, its size or its date of change differs.");
  };
  const cancel = async () => {
    setIsCancelling(true);
    try {
      await callCancel(versionId);
      shopify.toast.show("Upload cancelled");
      revalidate();
    } catch (error) {
      setIsCancelling(false);
      setProblem(error instanceof Error ? error.message : "The upload could not be cancelled.");
    }
  };

  return (
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <BlockStack gap="050">
          <Text as="h3" variant="bodyMd" fontWeight="semibold" breakWord>
            <bdi>{fileName}</bdi>
          </Text>
          <Text as="p" variant="bodySm" tone="subdued">
            {sizeInWords(sizeBytes)}
            {versionOf && ` · new version of ${versionOf}`} · begun <Moment at={createdAt} />
          </Text>
        </BlockStack>
        <ButtonGroup>
          <Button size="slim" onClick={() => input.current?.click()} accessibilityLabel={`Choose ${fileName} again`}>
            Choose the file again to resume
          </Button>
          <Button
            size="slim"
            loading={isCancelling}
            onClick={() => void cancel()}
            accessibilityLabel={`Cancel: ${fileName}`}
          >
            Cancel
          </Button>
        </ButtonGroup>
      </InlineStack>
      {problem && <InlineError message={problem} fieldID={inputId} />}
      <input
        ref={input}
        id={inputId}
        type="file"
        hidden
        aria-label={`${fileName}, to resume its upload`}
        onChange={({ target }) => {
          setProblem(null);
          const [file] = target.files ?? [];
          if (file) resume(file);
          target.value = "";
        }}
      />
    </BlockStack>
  );
}
