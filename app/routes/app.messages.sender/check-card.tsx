import { useFetcher } from "@remix-run/react";
import { Badge, BlockStack, Box, Button, Card, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import type { RecordVerdict } from "~/domain/delivery/sender-records";
import type { SenderAnswer } from "./sender-answer";

type Props = {
  /** The sender as saved. */
  address: string;
  /** While changes are not saved. */
  isBlocked: boolean;
};

const states = {
  good: { tone: "success", content: "In order" },
  weak: { tone: "attention", content: "Could be better" },
  wrong: { tone: "critical", content: "Wrong" },
  unknown: { tone: undefined, content: "Not known" },
} as const;

/** Asks DNS whether receivers will believe the sender. */
export function CheckCard({ address, isBlocked }: Props) {
  const fetcher = useFetcher<SenderAnswer>();
  const [selector, setSelector] = useState("");
  const { data, state } = fetcher;
  const check = data?.kind === "checked" ? data.check : null;

  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            Will it be believed?
          </Text>
          <Text as="p" tone="subdued" breakWord>
            Looks up what the domain of {address} tells receivers.
          </Text>
        </BlockStack>
        <TextField
          label="DKIM selector"
          value={selector}
          onChange={setSelector}
          autoComplete="off"
          placeholder="default"
          error={data?.kind === "refused" ? data.errors.selector?.[0] : undefined}
          helpText="Your mail provider shows it beside the key: the part before ._domainkey"
          connectedRight={
            <Button
              onClick={() => fetcher.submit({ intent: "check", selector }, { method: "post" })}
              loading={state !== "idle"}
              disabled={isBlocked}
            >
              Check
            </Button>
          }
        />
        <div aria-live="polite">
          {check && (
            <BlockStack gap="400">
              <Verdict name="SPF" {...check.spf} />
              <Verdict name="DKIM" {...check.dkim} />
              <Verdict name="DMARC" {...check.dmarc} />
            </BlockStack>
          )}
        </div>
      </BlockStack>
    </Card>
  );
}

function Verdict({ name, state, sentence, record }: RecordVerdict & { name: string }) {
  const { tone, content } = states[state];
  return (
    <BlockStack gap="100">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" fontWeight="semibold">
          {name}
        </Text>
        <Badge tone={tone}>{content}</Badge>
      </InlineStack>
      <Text as="p" breakWord>
        {sentence}
      </Text>
      {record && (
        <Box background="bg-surface-secondary" padding="200" borderRadius="100">
          <code style={{ wordBreak: "break-all" }}>{record}</code>
        </Box>
      )}
    </BlockStack>
  );
}
