import { useAppBridge } from "@shopify/app-bridge-react";
import { Badge, BlockStack, Card, Divider, InlineStack, Text } from "@shopify/polaris";
import { Fragment } from "react";
import { Moment } from "~/ui/moment";
import { sizeInWords } from "~/ui/size-in-words";
import { Checksum } from "~/ui/uploads/checksum";
import { FileDrop } from "~/ui/uploads/file-drop";
import { isSameFile } from "~/ui/uploads/unfinished";
import { UnfinishedCard } from "~/ui/uploads/unfinished-card";
import { UploadPanel } from "~/ui/uploads/upload-panel";
import { addUploads } from "~/ui/uploads/upload-store";
import { useUploadsAndTheirResults } from "~/ui/uploads/use-uploads";

type Version = {
  id: string;
  number: number;
  state: "uploading" | "ready";
  fileName: string;
  sizeBytes: number;
  sha256: string | null;
  lastModified: number | null;
  createdAt: string;
  readyAt: string | null;
};

type Props = { asset: { id: string; title: string; currentVersionId: string | null; versions: Version[] } };

/** Every file this asset ever was, newest first, and where a newer one is dropped. */
export function VersionsCard({ asset }: Props) {
  const shopify = useAppBridge();
  const uploads = useUploadsAndTheirResults().filter(({ assetId }) => assetId === asset.id);
  const here = new Set(uploads.map(({ versionId }) => versionId));
  const ready = asset.versions.filter(({ state }) => state === "ready");
  const unfinished = asset.versions
    .filter(({ id, state }) => state === "uploading" && !here.has(id))
    .map(({ id, ...version }) => ({ ...version, versionId: id, assetId: asset.id, versionOf: null }));

  const upload = (files: File[]) => {
    const [file] = files;
    if (!file) return;
    const rest = unfinished.find((candidate) => isSameFile(file, candidate));
    if (rest) shopify.toast.show(`${file.name} goes on where it stopped`);
    const kind = rest ? ({ kind: "rest", versionId: rest.versionId } as const) : ({ kind: "version" } as const);
    addUploads([file], { ...kind, assetId: asset.id });
  };

  return (
    <BlockStack gap="400">
      <UploadPanel uploads={uploads} />
      <UnfinishedCard unfinished={unfinished} />
      <Card>
        <BlockStack gap="400">
          <BlockStack gap="100">
            <Text as="h2" variant="headingSm">
              Versions
            </Text>
            <Text as="p" tone="subdued">
              Customers get the current version, also those who bought before. Earlier ones are kept.
            </Text>
          </BlockStack>
          <FileDrop
            label="Upload a new version"
            buttonLabel="Upload a new version"
            hint="or drop the file here"
            allowMultiple={false}
            onFiles={upload}
          />
          {ready.map((version, index) => (
            <Fragment key={version.id}>
              {index > 0 && <Divider />}
              <VersionRow version={version} isCurrent={version.id === asset.currentVersionId} />
            </Fragment>
          ))}
        </BlockStack>
      </Card>
    </BlockStack>
  );
}

function VersionRow({ version, isCurrent }: { version: Version; isCurrent: boolean }) {
  const { number, fileName, sizeBytes, sha256, readyAt, createdAt } = version;

  return (
    <BlockStack gap="100">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" variant="bodyMd" fontWeight="semibold">
          Version {number}
        </Text>
        {isCurrent && <Badge tone="success">Current</Badge>}
      </InlineStack>
      <Text as="p" breakWord>
        <bdi style={{ overflowWrap: "anywhere" }}>{fileName}</bdi>
      </Text>
      <InlineStack gap="200" blockAlign="center">
        <Text as="span" variant="bodySm" tone="subdued">
          {sizeInWords(sizeBytes)} · <Moment at={readyAt ?? createdAt} />
        </Text>
        {sha256 && <Checksum sha256={sha256} />}
      </InlineStack>
    </BlockStack>
  );
}
