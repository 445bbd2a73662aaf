import { BlockStack, Button, Card, Icon, InlineStack, Text } from "@shopify/polaris";
import { CheckCircleIcon } from "@shopify/polaris-icons";
import { useState } from "react";
import { Concern } from "./concern";
import { OrderConcerns, type OrderConcernsShown } from "./order-concerns";
import { PoolConcerns, type PoolConcernsShown } from "./pool-concerns";
import { PrivacyReportButton } from "./privacy-report-button";
import { RejectedModal, type RejectedWebhook } from "./rejected-modal";

type Privacy = { id: string; topic: string; ago: string; hasReport: boolean };

type Concerns = OrderConcernsShown &
  PoolConcernsShown & {
    undelivered: { failed: number; unaddressed: number };
    rejected: RejectedWebhook[];
    privacy: Privacy[];
    guessing: number;
  };

/** What waits for a person, each with a way to settle it. */
export function ConcernsCard({ concerns }: { concerns: Concerns }) {
  const { starvedPools, lowPools, unsetInventory, undelivered, rejected, privacy, guessing } = concerns;
  const [isLooking, setIsLooking] = useState(false);
  const untold = undelivered.failed + undelivered.unaddressed;
  const listed =
    starvedPools.length + lowPools.length + unsetInventory.length + privacy.length + concerns.unfulfilled.length;
  const isQuiet =
    listed + untold + rejected.length + guessing + concerns.held + concerns.disputed + concerns.stuckOrders === 0 &&
    !concerns.sweepProblem;

  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Needs you
        </Text>
        {isQuiet && (
          <InlineStack gap="200" blockAlign="center" wrap={false}>
            <span>
              <Icon source={CheckCircleIcon} tone="success" />
            </span>
            <Text as="p" tone="subdued">
              Nothing. Paid orders are being delivered.
            </Text>
          </InlineStack>
        )}
        <PoolConcerns starvedPools={starvedPools} lowPools={lowPools} unsetInventory={unsetInventory} />
        {untold > 0 && (
          <Concern action={<Button url="/app/messages/undelivered">See orders</Button>}>
            {untoldSentence(undelivered)}
          </Concern>
        )}
        <OrderConcerns concerns={concerns} />
        {guessing > 0 && (
          <Concern action={<Button url="/app/licenses/calls">See addresses</Button>}>
            {guessing === 1 ? "Somebody is" : `${guessing.toLocaleString("en")} addresses are`} trying license keys that
            you never sold. Guessing one is hopeless, and after ten tries an address is shut out for ten minutes.
          </Concern>
        )}
        {rejected.length > 0 && (
          <Concern action={<Button onClick={() => setIsLooking(true)}>Look</Button>}>
            Shopify sent {rejected.length === 1 ? "a message" : `${rejected.length} messages`} that Featherpost could
            not understand. Nothing was changed by {rejected.length === 1 ? "it" : "them"}.
          </Concern>
        )}
        {privacy.map((request) => (
          <Concern key={request.id} action={request.hasReport && <PrivacyReportButton requestId={request.id} />}>
            {sentenceOf(request)}
          </Concern>
        ))}
      </BlockStack>
      {isLooking && rejected.length > 0 && <RejectedModal onClose={() => setIsLooking(false)} rejected={rejected} />}
    </Card>
  );
}

function untoldSentence({ failed, unaddressed }: Concerns["undelivered"]): string {
  const orders = (count: number) => (count === 1 ? "1 order" : `${count.toLocaleString("en")} orders`);
  const sentences = [
    failed > 0 && `The customers of ${orders(failed)} could not be told how to get what they bought.`,
    unaddressed > 0 && `No email address came with ${orders(unaddressed)}, so nobody was told.`,
  ];
  return sentences.filter(Boolean).join(" ");
}

function sentenceOf({ topic, ago, hasReport }: Privacy): string {
  if (hasReport) return `A customer asked ${ago} what is held on them. Send them this report within 30 days.`;
  if (topic === "customers/data_request")
    return `A customer asked ${ago} what is held on them. The report is being made.`;
  return `Shopify asked ${ago} to erase data. It is under way; reload this page in a minute.`;
}
