import { BlockStack, Button, Collapsible, Text } from "@shopify/polaris";
import { useId, useState } from "react";
import { Moment } from "~/ui/moment";
import type { DownloadShown } from "./grant-shown";

const outcomes: Record<string, string> = {
  started: "Downloaded",
  repeated: "Downloaded again within 30 minutes by the same browser: not counted",
  waiting: "Refused: it waited for a key",
  held: "Refused: it was held back",
  revoked: "Refused: it was revoked",
  expired: "Refused: access had ended",
  limit_reached: "Refused: no downloads were left",
  stream_only: "Refused: it plays on its page and is not downloaded",
  file_not_ready: "Refused: the file was not uploaded yet",
  storage_unavailable: "Not delivered: the storage did not answer. No download was lost.",
};

const GIVEN = ["started", "repeated"];

/** When, from where and with what a grant was used, newest first. */
export function DownloadHistory({ downloads, title }: { downloads: DownloadShown[]; title: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();

  return (
    <BlockStack gap="200" inlineAlign="start">
      <Button
        variant="plain"
        disclosure={isOpen ? "up" : "down"}
        ariaExpanded={isOpen}
        ariaControls={id}
        accessibilityLabel={`Downloads of ${title}`}
        onClick={() => setIsOpen(!isOpen)}
      >
        Downloads
      </Button>
      <Collapsible id={id} open={isOpen}>
        <BlockStack gap="200">
          {downloads.map((download) => (
            <BlockStack key={download.id}>
              <Text as="span" tone={GIVEN.includes(download.outcome) ? undefined : "caution"}>
                {outcomes[download.outcome] ?? download.outcome}
                {download.fileName && `: ${download.fileName}`}
              </Text>
              <Text as="span" variant="bodySm" tone="subdued" breakWord>
                <Moment at={download.at} /> · {download.ip ?? "unknown address"} ·{" "}
                {download.userAgent ?? "unknown program"}
              </Text>
            </BlockStack>
          ))}
        </BlockStack>
      </Collapsible>
    </BlockStack>
  );
}
