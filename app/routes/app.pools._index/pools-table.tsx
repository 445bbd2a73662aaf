import { Badge, BlockStack, Card, IndexTable, InlineStack, Tabs, Text, useBreakpoints } from "@shopify/polaris";
import { useState } from "react";
import { NarrowRow } from "~/ui/narrow-row";
import { lastsText } from "~/ui/pool-outlook";
import { RowLink } from "~/ui/row-link";
import { Wrapping } from "~/ui/wrapping";
import { SalesChart } from "./sales-chart";

type PoolRow = {
  id: string;
  name: string;
  activationLimit: number | null;
  available: number;
  granted: number;
  revoked: number;
  waiting: number;
  sold: number[];
  daysLeft: number | null;
  isLow: boolean;
  generatesOnDemand: boolean;
};

/** The shop's pools, the archived ones on a tab of their own. */
export function PoolsTable({ standing, archived }: { standing: PoolRow[]; archived: PoolRow[] }) {
  const [tab, setTab] = useState(0);
  const tabs = [
    { id: "standing", content: `In use (${standing.length})` },
    { id: "archived", content: `Archived (${archived.length})` },
  ];
  const pools = tab === 0 ? standing : archived;

  return (
    <Card padding="0">
      {archived.length > 0 && <Tabs tabs={tabs} selected={tab} onSelect={setTab} />}
      <Rows pools={pools} />
    </Card>
  );
}

function Rows({ pools }: { pools: PoolRow[] }) {
  const { smDown } = useBreakpoints();

  return (
    <IndexTable
      selectable={false}
      condensed={smDown}
      itemCount={pools.length}
      resourceName={{ singular: "pool", plural: "pools" }}
      headings={[
        { title: "Pool" },
        { title: "Last 14 days" },
        { title: "Available", alignment: "end" },
        { title: "Granted", alignment: "end" },
        { title: "Revoked", alignment: "end" },
        { title: "Machines per key", alignment: "end" },
      ]}
      emptyState={<Text as="p">There is no pool here.</Text>}
    >
      {pools.map((pool, index) => (
        <IndexTable.Row id={pool.id} key={pool.id} position={index}>
          {smDown ? <NarrowCells {...pool} /> : <WideCells {...pool} />}
        </IndexTable.Row>
      ))}
    </IndexTable>
  );
}

function WideCells(pool: PoolRow) {
  return (
    <>
      <IndexTable.Cell>
        <Named {...pool} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <SalesChart sold={pool.sold} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <BlockStack inlineAlign="end">
          <Text as="span" alignment="end" numeric tone={toneOf(pool)} fontWeight={toneOf(pool) && "semibold"}>
            {pool.available.toLocaleString("en")}
          </Text>
          <Outlook {...pool} />
        </BlockStack>
      </IndexTable.Cell>
      {[pool.granted, pool.revoked, pool.activationLimit].map((count, column) => (
        <IndexTable.Cell key={column}>
          <Text as="span" alignment="end" numeric>
            {count === null ? "Unlimited" : count.toLocaleString("en")}
          </Text>
        </IndexTable.Cell>
      ))}
    </>
  );
}

function NarrowCells(pool: PoolRow) {
  return (
    <NarrowRow>
      <Named {...pool} />
      <Text as="span" tone="subdued">
        {pool.available.toLocaleString("en")} available · {pool.granted.toLocaleString("en")} granted ·{" "}
        {pool.revoked.toLocaleString("en")} revoked
      </Text>
      <InlineStack gap="200" blockAlign="center">
        <SalesChart sold={pool.sold} />
        <Outlook {...pool} />
      </InlineStack>
    </NarrowRow>
  );
}

function Named(pool: PoolRow) {
  return (
    <InlineStack gap="200" blockAlign="center">
      <RowLink url={`/app/pools/${pool.id}`}>
        <Wrapping>{pool.name}</Wrapping>
      </RowLink>
      <Shortage {...pool} />
    </InlineStack>
  );
}

/** How long the keys will last. */
function Outlook({ available, daysLeft, generatesOnDemand }: PoolRow) {
  const text = generatesOnDemand ? "Makes its own" : daysLeft === null || available === 0 ? null : lastsText(daysLeft);
  return (
    text && (
      <Text as="span" variant="bodySm" tone="subdued">
        {text}
      </Text>
    )
  );
}

function Shortage({ available, waiting, isLow, generatesOnDemand }: PoolRow) {
  if (waiting > 0) return <Badge tone="critical">{`${waiting.toLocaleString("en")} waiting for a key`}</Badge>;
  if (generatesOnDemand) return null;
  if (available === 0) return <Badge tone="critical">Empty</Badge>;
  return isLow ? <Badge tone="warning">Running low</Badge> : null;
}

function toneOf({ available, isLow, generatesOnDemand }: PoolRow) {
  if (available === 0 && !generatesOnDemand) return "critical";
  return isLow ? "caution" : undefined;
}
