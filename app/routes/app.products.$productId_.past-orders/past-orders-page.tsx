import { useFetcher, useRevalidator } from "@remix-run/react";
import { BlockStack, Box, Button, Card, Checkbox, ChoiceList, InlineStack, Page, Text } from "@shopify/polaris";
import { useEffect, useRef, useState } from "react";
import type { Attached } from "~/domain/attachment/given-by";
import { digitsOf } from "~/domain/attachment/product-id";
import { isUnderWay, type PastRunView } from "~/domain/bulk-run/run-view";
import { PastRunResult } from "~/ui/runs/past-run-result";
import { useRun } from "~/ui/runs/use-run";
import { thingDetail } from "~/ui/thing-detail";
import type { PastOrdersAnswer } from "./past-orders-answer";
import { PreviewCard } from "./preview-card";
import { WhichField, type Which } from "./which-field";

type Props = { productId: string; title: string; attachments: Attached[]; lastRun: PastRunView | null };

/** Gives what was attached later to orders paid before. */
export function PastOrdersPage({ productId, title, attachments, lastRun }: Props) {
  const counting = useFetcher<PastOrdersAnswer>();
  const starting = useFetcher<PastOrdersAnswer>();
  const [chosen, setChosen] = useState(attachments.map(({ id }) => id));
  const [which, setWhich] = useState<Which>({ kind: "all", from: "", to: "", names: "" });
  const [tellsCustomers, setTellsCustomers] = useState(true);
  const [countedFor, setCountedFor] = useState("");
  const startedId = starting.data?.kind === "started" ? starting.data.runId : null;
  const run = useRun(startedId ?? lastRun?.id ?? null, lastRun);
  const runCard = useRef<HTMLDivElement>(null);
  const isShown = run !== null && run.id === startedId;
  useEffect(() => {
    if (isShown) runCard.current?.scrollIntoView({ block: "center" });
  }, [isShown]);
  const { revalidate } = useRevalidator();
  const hasEnded = isShown && !isUnderWay(run);
  useEffect(() => {
    if (hasEnded) revalidate(); // it took keys: what is left is told beside what can be given
  }, [hasEnded, revalidate]);
  const isBusy = counting.state !== "idle" || starting.state !== "idle" || (run !== null && isUnderWay(run));

  const asked = {
    productTitle: title,
    attachmentIds: chosen.join(","),
    kind: which.kind,
    from: startOf(which.from, 0),
    to: startOf(which.to, 1),
    names: which.names,
  };
  const isCounted = countedFor === JSON.stringify(asked);
  const errors = counting.data?.kind === "refused" && isCounted ? counting.data.errors : {};
  const preview =
    counting.data?.kind === "counted" && isCounted && counting.state === "idle" ? counting.data.preview : null;
  const fields = { ...asked, tellsCustomers: String(tellsCustomers) };

  const count = () => {
    setCountedFor(JSON.stringify(asked));
    counting.submit({ ...fields, intent: "preview" }, { method: "post" });
  };
  const start = () => {
    setCountedFor("");
    starting.submit({ ...fields, intent: "start" }, { method: "post" });
  };

  return (
    <Page
      title="Also give to past orders"
      subtitle={title}
      backAction={{ content: title, url: `/app/products/${digitsOf(productId)}` }}
      narrowWidth
    >
      <BlockStack gap={{ xs: "0", sm: "400" }}>
        {run?.kind === "past_orders" && (
          <div ref={runCard}>
            <Card>
              <BlockStack gap="300">
                <Text as="h2" variant="headingMd">
                  {isUnderWay(run) ? "Being given" : "Given last"}
                </Text>
                <PastRunResult run={run} />
              </BlockStack>
            </Card>
          </div>
        )}
        <Card>
          <BlockStack gap="500">
            <Text as="p">
              What you attach reaches orders paid from then on. Here you give it to orders that were paid before, too:
              as though it had been attached when they were bought. A refund takes it back as it does everything else.
            </Text>
            <ChoiceList
              title="What"
              allowMultiple
              choices={attachments.map(({ id, thing }) => ({
                label: thing.title,
                value: id,
                helpText: thingDetail(thing),
              }))}
              selected={chosen}
              onChange={setChosen}
              disabled={isBusy}
              error={errors.attachmentIds?.[0]}
            />
            <WhichField which={which} onChange={setWhich} errors={errors} disabled={isBusy} />
            <Checkbox
              label="Write to the customers that it is there for them"
              helpText={
                tellsCustomers
                  ? "Each gets one message with a link to all of their order."
                  : "They find it on their order page and in their account. Whoever has to wait for a key is told when it arrives."
              }
              checked={tellsCustomers}
              disabled={isBusy}
              onChange={setTellsCustomers}
            />
            <InlineStack>
              <Button onClick={count} loading={counting.state !== "idle"} disabled={chosen.length === 0 || isBusy}>
                Count the orders
              </Button>
            </InlineStack>
          </BlockStack>
        </Card>
        <div aria-live="polite">
          {preview && <PreviewCard preview={preview} isStarting={starting.state !== "idle"} onStart={start} />}
          {starting.data?.kind === "refused" && (
            <Box padding="400">
              <Text as="p" tone="critical">
                {Object.values(starting.data.errors).flat()[0] ?? "It could not be started."}
              </Text>
            </Box>
          )}
        </div>
      </BlockStack>
    </Page>
  );
}

/** The start of a day in the merchant's time zone, or of the day after it; empty for none. */
function startOf(day: string, daysLater: number): string {
  const start = new Date(`${day}T00:00:00`);
  if (Number.isNaN(start.getTime())) return "";
  start.setDate(start.getDate() + daysLater);
  return start.toISOString();
}
