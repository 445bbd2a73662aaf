import { useNavigation, useSearchParams } from "@remix-run/react";
import {
  Badge,
  Banner,
  BlockStack,
  Box,
  Button,
  Card,
  IndexTable,
  InlineStack,
  Link,
  Tabs,
  Text,
  TextField,
} from "@shopify/polaris";
import { useState } from "react";
import type { KeyRow } from "./pool-answer";
import { usePoolAction } from "./use-pool-action";

type Props = { keys: KeyRow[]; next: string | null; previous: string | null; state: KeyRow["state"] | null };

const tabs = [
  { id: "all", content: "All" },
  { id: "available", content: "Available" },
  { id: "granted", content: "Granted" },
  { id: "revoked", content: "Revoked" },
  { id: "disabled", content: "Disabled" },
];

const badges: Record<KeyRow["state"], { content: string; tone?: "success" | "critical" }> = {
  available: { content: "Available" },
  granted: { content: "Granted", tone: "success" },
  revoked: { content: "Revoked", tone: "critical" },
  disabled: { content: "Disabled" },
};

/** The pool's keys in the order in which they are given; never their texts. */
export function KeysCard({ keys, next, previous, state }: Props) {
  const [, setSearch] = useSearchParams();
  const isLoading = useNavigation().state === "loading";
  const selected = Math.max(
    0,
    tabs.findIndex(({ id }) => id === state),
  );
  const show = (stateShown: string | null, cursor: string | null) => {
    const query = {
      ...(stateShown && stateShown !== "all" ? { state: stateShown } : {}),
      ...(cursor ? { cursor } : {}),
    };
    setSearch(query, { preventScrollReset: true });
  };

  return (
    <Card padding="0">
      <Box padding="400" paddingBlockEnd="200">
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Keys
          </Text>
          <KeySearch />
        </BlockStack>
      </Box>
      <Tabs tabs={tabs} selected={selected} onSelect={(index) => show(tabs[index]?.id ?? null, null)} />
      <IndexTable
        selectable={false}
        itemCount={keys.length}
        loading={isLoading}
        resourceName={{ singular: "key", plural: "keys" }}
        headings={[{ title: "Key ends in" }, { title: "State" }, { title: "Order" }]}
        emptyState={
          <Text as="p" tone="subdued" alignment="center">
            There are no keys here.
          </Text>
        }
        pagination={
          (next ?? previous) === null
            ? undefined
            : {
                hasPrevious: previous !== null,
                hasNext: next !== null,
                onPrevious: () => show(state, previous),
                onNext: () => show(state, next),
              }
        }
      >
        {keys.map((key, index) => (
          <IndexTable.Row id={key.id} key={key.id} position={index}>
            <IndexTable.Cell>
              <KeyEnd end={key.end} />
            </IndexTable.Cell>
            <IndexTable.Cell>
              <Badge tone={badges[key.state].tone}>{badges[key.state].content}</Badge>
            </IndexTable.Cell>
            <IndexTable.Cell>
              <OrderLink order={key.order} />
            </IndexTable.Cell>
          </IndexTable.Row>
        ))}
      </IndexTable>
    </Card>
  );
}

function KeySearch() {
  const search = usePoolAction();
  const [key, setKey] = useState("");

  return (
    <BlockStack gap="200">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          search.submit({ intent: "find_key", key });
        }}
      >
        <TextField
          label="Find a key"
          labelHidden
          placeholder="Find a key by its full text"
          value={key}
          onChange={setKey}
          error={search.errors.key?.[0]}
          autoComplete="off"
          spellCheck={false}
          connectedRight={
            <Button submit loading={search.isBusy}>
              Find
            </Button>
          }
        />
      </form>
      <div role="status">{search.found && !search.isBusy && <FoundKey found={search.found.key} />}</div>
    </BlockStack>
  );
}

function FoundKey({ found }: { found: KeyRow | null }) {
  if (!found) return <Banner tone="info">This pool has no such key.</Banner>;
  return (
    <Banner tone="success">
      <InlineStack gap="200" blockAlign="center">
        <KeyEnd end={found.end} />
        <Badge tone={badges[found.state].tone}>{badges[found.state].content}</Badge>
        <OrderLink order={found.order} />
      </InlineStack>
    </Banner>
  );
}

function KeyEnd({ end }: { end: string }) {
  return <code style={{ whiteSpace: "nowrap" }}>{`…${end}`}</code>;
}

function OrderLink({ order }: { order: KeyRow["order"] }) {
  return order ? <Link url={`/app/orders/${order.id}`}>{order.name}</Link> : <Text as="span">–</Text>;
}
