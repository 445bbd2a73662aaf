import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { Badge, Banner, BlockStack, Button, Card, Divider, Icon, InlineStack, Text } from "@shopify/polaris";
import { CheckIcon, XSmallIcon } from "@shopify/polaris-icons";
import { Fragment } from "react";
import { verdict } from "~/domain/trace/trace-text";
import type { TracedThing } from "~/domain/trace/trace";
import { Moment } from "~/ui/moment";

type Answer = { told: string[]; things: TracedThing[]; text: string };

/** Why the customer can or cannot have what the order gave, asked for when a person wants to know. */
export function WhyCard({ orderId }: { orderId: string }) {
  const shopify = useAppBridge();
  const tracing = useFetcher<Answer>();
  const { data: trace, state } = tracing;

  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      shopify.toast.show("Copied");
    } catch {
      shopify.toast.show("The browser did not let it be copied. Select the text instead.", { isError: true });
    }
  };
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            Why?
          </Text>
          <InlineStack gap="200">
            {trace && <Button onClick={() => copy(trace.text)}>Copy as text for support</Button>}
            <Button onClick={() => tracing.load(`/app/orders/${orderId}/trace`)} loading={state !== "idle"}>
              {trace ? "Check again" : "Check"}
            </Button>
          </InlineStack>
        </InlineStack>
        {!trace && (
          <Text as="p" tone="subdued">
            See, check by check, why the customer can or cannot download what this order gave.
          </Text>
        )}
        {trace && (
          <div aria-live="polite">
            <BlockStack gap="300">
              {trace.told.map((sentence) => (
                <Text as="p" key={sentence} tone="subdued" breakWord>
                  <WithMoments text={sentence} />
                </Text>
              ))}
              {trace.things.length === 0 && <Banner tone="info">This order has no lines.</Banner>}
              {trace.things.map((thing, index) => (
                <Fragment key={index}>
                  <Divider />
                  <Thing thing={thing} />
                </Fragment>
              ))}
            </BlockStack>
          </div>
        )}
      </BlockStack>
    </Card>
  );
}

function Thing({ thing }: { thing: TracedThing }) {
  const { title, line, grants, steps, decidedBy } = thing;

  return (
    <BlockStack gap="200">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" variant="headingSm" breakWord>
          {title}
          {title !== line && ` · ${line}`}
          {grants > 1 && ` · ${grants.toLocaleString("en")} alike`}
        </Text>
        <Badge tone={decidedBy === null ? "success" : "attention"}>{capitalized(verdict(thing))}</Badge>
      </InlineStack>
      <ol style={{ margin: 0, padding: 0, listStyle: "none" }}>
        {steps.map(({ check, passed, detail }) => (
          <li key={check}>
            <InlineStack gap="100" wrap={false} blockAlign="start">
              <span>
                <Icon
                  source={passed ? CheckIcon : XSmallIcon}
                  tone={passed ? "success" : "critical"}
                  accessibilityLabel={passed ? "Passed" : "Not passed"}
                />
              </span>
              <Text as="span" fontWeight={check === decidedBy ? "semibold" : undefined} breakWord>
                <WithMoments text={detail} />
                {check === decidedBy && " – this decides"}
              </Text>
            </InlineStack>
          </li>
        ))}
      </ol>
    </BlockStack>
  );
}

const isoMoment = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)/;

/** A sentence of the trace; the moments it names in ISO 8601, for support, are told in the reader's own time. */
function WithMoments({ text }: { text: string }) {
  return text.split(isoMoment).map((part, index) => (index % 2 === 0 ? part : <Moment key={index} at={part} />));
}

function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
