import { useFetcher, useNavigation, useSearchParams } from "@remix-run/react";
import { Badge, Box, Card, IndexTable, InlineStack, Link, Text, useBreakpoints } from "@shopify/polaris";
import { useState } from "react";
import { licenseStates } from "~/ui/license-state";
import { machinesText } from "~/ui/machines-text";
import { Moment } from "~/ui/moment";
import { NarrowRow } from "~/ui/narrow-row";
import { pagesOf } from "~/ui/pages-of";
import { RowLink } from "~/ui/row-link";
import { SearchField } from "~/ui/search-field";
import { Wrapping } from "~/ui/wrapping";

export type LicenseRow = {
  id: string;
  keyEnd: string;
  state: keyof typeof licenseStates;
  title: string;
  order: { id: string; name: string } | null;
  email: string | null;
  at: string;
  used: number;
  activationLimit: number | null;
};

export type LicensesPage = { licenses: LicenseRow[]; next: string | null; previous: string | null };

export function LicensesTable({ page }: { page: LicensesPage }) {
  const [, setQuery] = useSearchParams();
  const searching = useFetcher<LicensesPage>();
  const [search, setSearch] = useState("");
  const { smDown } = useBreakpoints();
  const isLoading = useNavigation().state === "loading" || searching.state !== "idle";
  const { licenses, next, previous } = search !== "" && searching.data ? searching.data : page;

  const find = (q: string) => {
    setSearch(q);
    if (q !== "") searching.submit({ q }, { method: "post" });
  };
  const turnTo = (cursor: string | null) => {
    if (!cursor) return;
    if (search === "") setQuery({ cursor });
    else searching.submit({ q: search, cursor }, { method: "post" });
  };

  return (
    <Card padding="0">
      <Box padding="300">
        <SearchField
          label="Search licenses"
          placeholder="Search by key, last characters, order, email or fingerprint"
          onSearch={find}
        />
      </Box>
      <IndexTable
        selectable={false}
        condensed={smDown}
        loading={isLoading}
        itemCount={licenses.length}
        resourceName={{ singular: "license", plural: "licenses" }}
        headings={[
          { title: "License" },
          { title: "State" },
          { title: "Product" },
          { title: "Customer" },
          { title: "Machines" },
          { title: "Given" },
        ]}
        emptyState={
          <Text as="p" alignment="center" tone="subdued">
            {`Nothing matches “${search}”. Search for a full key or its last characters, an order, an email or a fingerprint.`}
          </Text>
        }
        pagination={pagesOf({ previous, next }, turnTo)}
      >
        {licenses.map((license, index) => (
          <IndexTable.Row id={license.id} key={license.id} position={index}>
            {smDown ? <NarrowCells {...license} /> : <WideCells {...license} />}
          </IndexTable.Row>
        ))}
      </IndexTable>
    </Card>
  );
}

function WideCells(license: LicenseRow) {
  return (
    <>
      <IndexTable.Cell>
        <LicenseLink {...license} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <StateBadge {...license} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Wrapping>{license.title}</Wrapping>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Customer {...license} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Text as="span" numeric>
          {`${license.used.toLocaleString("en")} of ${license.activationLimit?.toLocaleString("en") ?? "any"}`}
        </Text>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Moment at={license.at} />
      </IndexTable.Cell>
    </>
  );
}

function NarrowCells(license: LicenseRow) {
  return (
    <NarrowRow>
      <InlineStack align="space-between" gap="200" blockAlign="center">
        <LicenseLink {...license} />
        <StateBadge {...license} />
      </InlineStack>
      <Text as="span" breakWord>
        {license.title}
      </Text>
      <Customer {...license} />
      <Text as="span" tone="subdued">
        {machinesText(license)}
      </Text>
    </NarrowRow>
  );
}

function LicenseLink({ id, keyEnd }: LicenseRow) {
  return (
    <RowLink url={`/app/licenses/${id}`}>
      <code style={{ whiteSpace: "nowrap" }}>{`…${keyEnd}`}</code>
    </RowLink>
  );
}

function StateBadge({ state }: LicenseRow) {
  const { tone, content } = licenseStates[state];
  return <Badge tone={tone}>{content}</Badge>;
}

function Customer({ order, email }: LicenseRow) {
  return (
    <Wrapping>
      {order && <Link url={`/app/orders/${order.id}`}>{order.name}</Link>}
      {order && email && " · "}
      {email ?? (order ? "" : "–")}
    </Wrapping>
  );
}
