import { useFetcher } from "@remix-run/react";
import {
  Badge,
  BlockStack,
  Box,
  Button,
  Card,
  Collapsible,
  Icon,
  InlineStack,
  ProgressBar,
  Text,
} from "@shopify/polaris";
import { CheckCircleIcon, XIcon } from "@shopify/polaris-icons";
import { useState, type SVGProps } from "react";
import type { SetupGuide, SetupStep, SetupStepName } from "~/domain/shop/setup-guide";

type Words = { title: string; text: string; button: string; url: string };

const words: Record<SetupStepName, Words> = {
  add_asset: {
    title: "Add your first file or link",
    text: "Upload what you sell: documents, audio, software, any type and size. It goes straight from your browser to your own storage.",
    button: "Add files",
    url: "/app/assets",
  },
  import_keys: {
    title: "Import license keys",
    text: "If you sell software or codes, import the keys from a CSV. Every unit sold gets a key that nobody else gets.",
    button: "Import keys",
    url: "/app/pools",
  },
  attach: {
    title: "Attach it to a product",
    text: "Choose what buyers of a product, or of one of its variants, get.",
    button: "Choose a product",
    url: "/app/products",
  },
  set_sender: {
    title: "Say whom customers turn to",
    text: "Check download limits, and set the sender name and support address that customers see.",
    button: "Open settings",
    url: "/app/settings",
  },
  deliver: {
    title: "Deliver a first order",
    text: "Buy one of these products yourself with a test order. It is delivered as soon as it is paid, and ticks this step off.",
    button: "See orders",
    url: "/app/orders",
  },
};

/** What to do to get going; each step is ticked by facts, and the one to do next lies open. */
export function SetupGuideCard({ guide }: { guide: SetupGuide }) {
  const fetcher = useFetcher();
  const [open, setOpen] = useState<SetupStepName | null>(guide.next);
  const dismiss = () => fetcher.submit({ intent: "dismiss_guide" }, { method: "post" });
  const isReady = guide.next === null;

  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="start" wrap={false} gap="200">
          <BlockStack gap="100">
            <Text as="h2" variant="headingMd">
              {isReady ? "You are ready to sell" : "Setup guide"}
            </Text>
            <Text as="p" tone="subdued">
              {isReady
                ? "Everything is set up, and paid orders are delivered by themselves."
                : "From your first file to your first delivered order."}
            </Text>
          </BlockStack>
          {isReady ? (
            <Button onClick={dismiss} loading={fetcher.state !== "idle"}>
              Close guide
            </Button>
          ) : (
            <Button
              variant="tertiary"
              icon={XIcon}
              accessibilityLabel="Dismiss the setup guide"
              onClick={dismiss}
              loading={fetcher.state !== "idle"}
            />
          )}
        </InlineStack>
        <InlineStack gap="300" blockAlign="center" wrap={false}>
          <Box minWidth="fit-content">
            <Text as="span" variant="bodySm" id="setup-progress">
              {guide.done} of {guide.counted} steps done
            </Text>
          </Box>
          <Box width="100%" maxWidth="240px">
            <ProgressBar
              progress={(guide.done / guide.counted) * 100}
              size="small"
              tone="primary"
              ariaLabelledBy="setup-progress"
            />
          </Box>
        </InlineStack>
        <BlockStack gap="100">
          {guide.steps.map((step) => (
            <Step
              key={step.name}
              step={step}
              isOpen={open === step.name}
              isNext={guide.next === step.name}
              onToggle={() => setOpen(open === step.name ? null : step.name)}
            />
          ))}
        </BlockStack>
      </BlockStack>
    </Card>
  );
}

type StepProps = { step: SetupStep; isOpen: boolean; isNext: boolean; onToggle: () => void };

function Step({ step, isOpen, isNext, onToggle }: StepProps) {
  const { title, text, button, url } = words[step.name];
  const detailsId = `setup-${step.name}`;

  return (
    <Box background={isOpen ? "bg-surface-active" : undefined} borderRadius="200" padding="200">
      <InlineStack gap="200" blockAlign="center" wrap={false}>
        <span>
          <Icon
            source={step.isDone ? CheckCircleIcon : DashedCircle}
            tone={step.isDone ? "success" : "subdued"}
            accessibilityLabel={step.isDone ? "Done" : "To do"}
          />
        </span>
        <Button
          variant="monochromePlain"
          textAlign="left"
          onClick={onToggle}
          ariaExpanded={isOpen}
          ariaControls={detailsId}
        >
          {title}
        </Button>
        {step.isOptional && !step.isDone && <Badge>Optional</Badge>}
      </InlineStack>
      <Collapsible id={detailsId} open={isOpen}>
        <Box paddingInlineStart="800" paddingBlockStart="100" paddingBlockEnd="100">
          <BlockStack gap="200" inlineAlign="start">
            <Text as="p" tone="subdued">
              {text}
            </Text>
            <Button url={url} variant={isNext ? "primary" : undefined}>
              {button}
            </Button>
          </BlockStack>
        </Box>
      </Collapsible>
    </Box>
  );
}

function DashedCircle(props: SVGProps<SVGSVGElement>) {
  return (
    <svg viewBox="0 0 20 20" {...props}>
      <circle cx="10" cy="10" r="6.25" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="3 2.6" />
    </svg>
  );
}
