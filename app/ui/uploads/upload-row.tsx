import { useAppBridge } from "@shopify/app-bridge-react";
import { BlockStack, Button, ButtonGroup, InlineStack, Link, ProgressBar, Text } from "@shopify/polaris";
import { useState } from "react";
import { sizeInWords } from "~/ui/size-in-words";
import { Checksum } from "./checksum";
import { timeInWords } from "./time-in-words";
import type { Upload, UploadStatus } from "./upload";
import { cancelUpload, dismissUpload, pauseUpload, resumeUpload } from "./upload-store";

/** One upload: what it is, how far it is and what can be done about it. */
export function UploadRow({ upload }: { upload: Upload }) {
  const { fileName, sizeBytes, uploadedBytes, status, problem, sha256, assetId } = upload;
  const isDone = status === "done";
  const percent = isDone ? 100 : sizeBytes === 0 ? 0 : Math.floor((uploadedBytes / sizeBytes) * 100);

  return (
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Text as="h3" variant="bodyMd" fontWeight="semibold" breakWord>
          {isDone && assetId ? (
            <Link url={`/app/assets/${assetId}`} removeUnderline>
              <bdi>{fileName}</bdi>
            </Link>
          ) : (
            <bdi>{fileName}</bdi>
          )}
        </Text>
        <Actions upload={upload} />
      </InlineStack>
      <ProgressBar
        progress={percent}
        size="small"
        tone={isDone ? "success" : status === "failed" ? "critical" : "highlight"}
        ariaLabelledBy={`upload-${upload.id}`}
      />
      <InlineStack align="space-between" gap="200">
        <Text as="p" variant="bodySm" tone={status === "failed" ? "critical" : "subdued"} id={`upload-${upload.id}`}>
          {sentenceOf(upload)}
        </Text>
        {isDone && sha256 && <Checksum sha256={sha256} />}
      </InlineStack>
      {problem && status === "reconnecting" && (
        <Text as="p" variant="bodySm" tone="caution">
          {`${problem} It goes on by itself.`}
        </Text>
      )}
    </BlockStack>
  );
}

const states: Record<UploadStatus, (upload: Upload) => string> = {
  waiting: () => "Waiting for its turn",
  uploading: paceOf,
  paused: () => "Paused",
  reconnecting: () => "Connecting again…",
  finishing: () => "Checking that every byte arrived…",
  done: ({ isNewVersion }) => (isNewVersion ? "New version uploaded" : "Uploaded"),
  failed: ({ problem }) => problem ?? "The upload failed",
};

function sentenceOf(upload: Upload): string {
  const state = states[upload.status](upload);
  if (upload.status === "done") return `${state} · ${sizeInWords(upload.sizeBytes)}`;
  return `${sizeInWords(upload.uploadedBytes)} of ${sizeInWords(upload.sizeBytes)} · ${state}`;
}

function paceOf({ bytesPerSecond, sizeBytes, uploadedBytes }: Upload): string {
  if (!bytesPerSecond) return "Uploading…";
  const left = timeInWords((sizeBytes - uploadedBytes) / bytesPerSecond);
  return `${sizeInWords(bytesPerSecond)}/s · ${left} left`;
}

function Actions({ upload: { id, fileName, status } }: { upload: Upload }) {
  const shopify = useAppBridge();
  const [isCancelling, setIsCancelling] = useState(false);
  const cancel = async () => {
    setIsCancelling(true);
    try {
      await cancelUpload(id);
      shopify.toast.show("Upload cancelled");
    } catch {
      setIsCancelling(false);
      shopify.toast.show("The upload could not be cancelled. Try again.", { isError: true });
    }
  };
  const action = (label: string, onClick: () => void, loading = false) => (
    <Button size="slim" onClick={onClick} loading={loading} accessibilityLabel={`${label}: ${fileName}`}>
      {label}
    </Button>
  );

  return (
    <ButtonGroup>
      {(status === "uploading" || status === "reconnecting") && action("Pause", () => pauseUpload(id))}
      {status === "paused" && action("Resume", () => resumeUpload(id))}
      {status === "failed" && action("Try again", () => resumeUpload(id))}
      {status === "done" && action("Dismiss", () => dismissUpload(id))}
      {status !== "done" && status !== "finishing" && action("Cancel", () => void cancel(), isCancelling)}
    </ButtonGroup>
  );
}
