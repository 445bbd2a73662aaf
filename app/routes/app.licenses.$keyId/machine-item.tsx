import { Badge, BlockStack, Button, InlineStack, Text } from "@shopify/polaris";
import { fingerprintEnd } from "~/domain/activation/machine";
import { Moment } from "~/ui/moment";
import { useAction } from "~/ui/use-action";
import type { Confirmation } from "./confirmation";
import type { MachineShown } from "./license-shown";

type Props = { machine: MachineShown; onConfirm: (confirmation: Confirmation) => void };

/** One machine: what it is called, from where and when it came, and what can be done about it. */
export function MachineItem({ machine, onConfirm }: Props) {
  const acting = useAction();
  const { id, fingerprint, ip, createdAt, seenAt, state } = machine;
  const name = machine.name ?? `Machine …${fingerprintEnd(fingerprint)}`;

  return (
    <BlockStack gap="200">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" variant="headingSm" breakWord>
          {name}
        </Text>
        {state === "suspended" && <Badge tone="attention">Suspended</Badge>}
        {state === "blocked" && <Badge tone="critical">Blocked</Badge>}
      </InlineStack>
      <BlockStack>
        <Text as="span" tone="subdued" breakWord>
          <code>{fingerprint}</code>
        </Text>
        <Text as="span" variant="bodySm" tone="subdued" breakWord>
          {ip ?? "Unknown address"} · Since <Moment at={createdAt} /> · Last seen <Moment at={seenAt} />
        </Text>
      </BlockStack>
      <InlineStack gap="200">
        {state === "blocked" ? (
          <Button
            loading={acting.isBusy}
            accessibilityLabel={`Unblock ${name}`}
            onClick={() => acting.submit({ intent: "unblock", fingerprint })}
          >
            Unblock
          </Button>
        ) : (
          <>
            <Button
              loading={acting.isBusy}
              accessibilityLabel={`${state === "suspended" ? "Resume" : "Suspend"} ${name}`}
              onClick={() => acting.submit({ intent: state === "suspended" ? "resume" : "suspend", activationId: id })}
            >
              {state === "suspended" ? "Resume" : "Suspend"}
            </Button>
            <Button
              accessibilityLabel={`Remove ${name}`}
              onClick={() => onConfirm({ intent: "remove", machine, name })}
            >
              Remove
            </Button>
            <Button
              tone="critical"
              accessibilityLabel={`Block ${name}`}
              onClick={() => onConfirm({ intent: "block", machine, name })}
            >
              Block
            </Button>
          </>
        )}
      </InlineStack>
      {acting.refusal && (
        <Text as="p" tone="critical">
          {acting.refusal.message}
        </Text>
      )}
    </BlockStack>
  );
}
