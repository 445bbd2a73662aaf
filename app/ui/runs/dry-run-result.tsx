import { BlockStack, Box, Button, InlineStack, Link, List, Text } from "@shopify/polaris";
import { useState } from "react";
import type { DryRunReport, OrderDifference } from "~/domain/bulk-run/run-report";
import { isUnderWay, type DryRunView } from "~/domain/bulk-run/run-view";
import { ordersText, RunProgress } from "./run-progress";

const SHOWN_AT_FIRST = 5;

/** What a proposal would have changed. */
export function DryRunResult({ run }: { run: DryRunView }) {
  const { report } = run;
  const sums = sumsOf(report);

  return (
    <BlockStack gap="300">
      <RunProgress run={run} />
      <div aria-live="polite">
        {!isUnderWay(run) && (
          <Text as="p" fontWeight="semibold">
            {headline(run)}
          </Text>
        )}
      </div>
      {sums.length > 0 && (
        <List>
          {sums.map((sum) => (
            <List.Item key={sum}>{sum}</List.Item>
          ))}
        </List>
      )}
      <DifferentOrders key={run.id} report={report} />
      {!isUnderWay(run) && report.orders > 0 && (
        <Text as="p" tone="subdued">
          These orders stay as they are. What you save counts for orders paid from then on.
        </Text>
      )}
    </BlockStack>
  );
}

function headline({ state, done, total, report }: DryRunView): string {
  if (state === "done" && total === 0) return "There are no orders yet to try it on.";
  const different = report.orders === 1 ? "1 order" : `${report.orders.toLocaleString("en")} orders`;
  if (state === "done" && report.orders === 0) return `Nothing would be different in your last ${ordersText(done)}.`;
  if (state === "done") return `${different} of your last ${done.toLocaleString("en")} would be different.`;
  return `Stopped after ${done.toLocaleString("en")} of ${ordersText(total ?? 0)}: ${different} of these would be different.`;
}

function sumsOf({ more, less, limits, ends, versions, held, opened, riskUnknown }: DryRunReport): string[] {
  return [
    more > 0 ? [`${items(more, "more ")} would have been given.`] : [],
    less > 0 ? [`${items(less, "fewer ")} would be there.`] : [],
    limits > 0 ? [`${items(limits)} would have another download limit.`] : [],
    ends > 0 ? [`${items(ends)} would stay reachable for longer or shorter.`] : [],
    versions > 0 ? [`${items(versions)} would get other new versions.`] : [],
    held > 0 ? [`${ordersText(held)} would have been held until you release ${held === 1 ? "it" : "them"}.`] : [],
    opened > 0 ? [`${ordersText(opened)} that ${opened === 1 ? "is" : "are"} held would have been delivered.`] : [],
    riskUnknown > 0
      ? [`Shopify has not told the risk of ${ordersText(riskUnknown)}: some of them might have been held, too.`]
      : [],
  ].flat();
}

function DifferentOrders({ report: { rows, orders } }: { report: DryRunReport }) {
  const [isOpen, setIsOpen] = useState(false);
  if (rows.length === 0) return null;

  return (
    <BlockStack gap="200">
      <Box borderColor="border" borderWidth="025" borderRadius="200">
        {rows.slice(0, isOpen ? rows.length : SHOWN_AT_FIRST).map((row, index) => (
          <Box
            key={row.orderId}
            paddingBlock="200"
            paddingInline="300"
            borderColor="border"
            borderBlockStartWidth={index > 0 ? "025" : undefined}
          >
            <InlineStack gap="200" align="space-between">
              <Link url={`/app/orders/${row.orderId}`}>{row.name}</Link>
              <Text as="span" tone="subdued">
                {differenceText(row)}
              </Text>
            </InlineStack>
          </Box>
        ))}
      </Box>
      {!isOpen && rows.length > SHOWN_AT_FIRST && (
        <InlineStack>
          <Button variant="plain" onClick={() => setIsOpen(true)}>
            {`Show ${rows.length - SHOWN_AT_FIRST} more`}
          </Button>
        </InlineStack>
      )}
      {isOpen && orders > rows.length && (
        <Text as="p" tone="subdued">
          {`The newest ${rows.length} of ${orders.toLocaleString("en")} are shown.`}
        </Text>
      )}
    </BlockStack>
  );
}

function differenceText({ more, less, limits, ends, versions, hold }: OrderDifference): string {
  return [
    more > 0 ? [items(more, "more ")] : [],
    less > 0 ? [items(less, "fewer ")] : [],
    limits > 0 ? ["other limit"] : [],
    ends > 0 ? ["other end"] : [],
    versions > 0 ? ["other versions"] : [],
    hold === null ? [] : [hold === "held" ? "held" : "not held"],
  ]
    .flat()
    .join(", ");
}

function items(count: number, than: "more " | "fewer " | "" = ""): string {
  return count === 1 ? `1 ${than}item` : `${count.toLocaleString("en")} ${than}items`;
}
