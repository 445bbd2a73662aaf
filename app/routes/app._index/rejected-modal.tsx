import { useFetcher } from "@remix-run/react";
import { BlockStack, Box, Button, InlineStack, Modal, Scrollable, Text } from "@shopify/polaris";
import { Dialog } from "~/ui/dialog";

export type RejectedWebhook = { id: string; topic: string; reason: string; ago: string; body: string };

type Props = { onClose: () => void; rejected: RejectedWebhook[] };

export function RejectedModal({ onClose, rejected }: Props) {
  return (
    <Dialog
      onClose={onClose}
      title="Messages that could not be understood"
      secondaryActions={[{ content: "Close", onAction: onClose }]}
    >
      <Modal.Section>
        <Text as="p" tone="subdued">
          Their signature is Shopify&apos;s, their content is not what was agreed. Show them to whoever looks after your
          Featherpost. They are deleted after 30 days.
        </Text>
      </Modal.Section>
      {rejected.map((webhook) => (
        <Modal.Section key={webhook.id}>
          <Rejected webhook={webhook} />
        </Modal.Section>
      ))}
    </Dialog>
  );
}

function Rejected({ webhook: { id, topic, reason, ago, body } }: { webhook: RejectedWebhook }) {
  const fetcher = useFetcher();

  return (
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Text as="h3" variant="headingSm">
          {topic}, {ago}
        </Text>
        <Button
          size="slim"
          loading={fetcher.state !== "idle"}
          onClick={() => fetcher.submit({ intent: "discard_webhook", id }, { method: "post" })}
          accessibilityLabel={`Delete this message: ${topic}, ${ago}`}
        >
          Delete
        </Button>
      </InlineStack>
      <Text as="p" breakWord>
        <span style={{ whiteSpace: "pre-line" }}>{reason}</span>
      </Text>
      <Box background="bg-surface-secondary" borderRadius="200" padding="200">
        <Scrollable style={{ maxHeight: "160px" }} focusable>
          <pre style={{ margin: 0, whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{body}</pre>
        </Scrollable>
      </Box>
    </BlockStack>
  );
}
