import { BlockStack, Card, Divider, Text } from "@shopify/polaris";
import { Fragment } from "react";
import { isUnderWay, type Upload } from "./upload";
import { UploadRow } from "./upload-row";

/** Uploads of this window, newest last. Nothing when there are none. */
export function UploadPanel({ uploads }: { uploads: readonly Upload[] }) {
  if (uploads.length === 0) return null;
  const underWay = uploads.filter(isUnderWay).length;

  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingSm">
            {underWay === 0 ? "Uploads" : `Uploading ${underWay} ${underWay === 1 ? "file" : "files"}`}
          </Text>
          {underWay > 0 && (
            <Text as="p" tone="subdued">
              You can go on working in the app. Keep this window open until it is done.
            </Text>
          )}
        </BlockStack>
        {uploads.map((upload, index) => (
          <Fragment key={upload.id}>
            {index > 0 && <Divider />}
            <UploadRow upload={upload} />
          </Fragment>
        ))}
      </BlockStack>
    </Card>
  );
}
