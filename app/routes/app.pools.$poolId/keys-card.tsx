import { useNavigation, useSearchParams } from "@remix-run/react";
import {
  BlockStack,
  Box,
  Button,
  ButtonGroup,
  Card,
  IndexTable,
  InlineStack,
  Select,
  Tabs,
  Text,
  useBreakpoints,
  useIndexResourceState,
} from "@shopify/polaris";
import { useState } from "react";
import type { KeyRule } from "~/domain/pool/key-rule";
import { pagesOf } from "~/ui/pages-of";
import { AddKeysModal } from "./add-keys-modal";
import { ChangeKeysModal } from "./change-keys-modal";
import { DeleteKeysModal, DisableKeysModal } from "./confirm-keys-modal";
import { ExportKeysModal } from "./export-keys-modal";
import { KeyEnd, KeyHolder, KeyNotes, KeyState } from "./key-cells";
import { KeySearch } from "./key-search";
import { MakeKeysModal } from "./make-keys-modal";
import { MoveKeysModal } from "./move-keys-modal";
import type { ChosenKeys, KeyRow } from "./pool-answer";
import { usePoolAction } from "./use-pool-action";

type Props = {
  poolId: string;
  keys: KeyRow[];
  next: string | null;
  previous: string | null;
  filter: { state?: KeyRow["state"]; importId?: string };
  rule: KeyRule | null;
  imports: { id: string; fileName: string }[];
  otherPools: { id: string; name: string }[];
};

type Question = "add" | "make" | "change" | "disable" | "delete" | "move" | "export";

/** What is asked, about the keys that were chosen then. */
type Asking = { question: Question; chosen: ChosenKeys; picked: KeyRow[]; count: string };

const EVERY_IMPORT = "";

const tabs = [
  { id: "all", content: "All" },
  { id: "available", content: "Available" },
  { id: "granted", content: "Granted" },
  { id: "revoked", content: "Revoked" },
  { id: "disabled", content: "Disabled" },
];

/** The pool's keys in the order in which they are given, and what may be done with them; never their texts. */
export function KeysCard({ poolId, keys, next, previous, filter, rule, imports, otherPools }: Props) {
  const action = `/app/pools/${poolId}/keys`;
  const { smDown } = useBreakpoints();
  const [, setSearch] = useSearchParams();
  const isLoading = useNavigation().state === "loading";
  const [asking, setAsking] = useState<Asking | null>(null);
  const { selectedResources, allResourcesSelected, handleSelectionChange, clearSelection } =
    useIndexResourceState(keys);
  const enabling = usePoolAction({ action, onDone: clearSelection });

  const show = (shown: Props["filter"], cursor: string | null) => {
    const { state, importId } = shown;
    clearSelection();
    setSearch(
      { ...(state ? { state } : {}), ...(importId ? { import: importId } : {}), ...(cursor ? { cursor } : {}) },
      { preventScrollReset: true },
    );
  };

  const all: Omit<Asking, "question"> = { chosen: { filter }, picked: [], count: "all keys shown here" };
  const selected = (): Omit<Asking, "question"> => {
    if (allResourcesSelected) return all;
    const picked = keys.filter((key) => selectedResources.includes(key.id));
    const count = picked.length === 1 ? "1 key" : `${picked.length} keys`;
    return { chosen: { keyIds: selectedResources }, picked, count };
  };
  const ask = (question: Question, about = selected()) => setAsking({ question, ...about });
  const enable = (chosen: ChosenKeys) => enabling.submit({ intent: "enable", choice: JSON.stringify(chosen) });
  const close = () => {
    setAsking(null);
    clearSelection();
  };

  return (
    <Card padding="0">
      <Box padding="400" paddingBlockEnd="200">
        <BlockStack gap="300">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="h2" variant="headingMd">
              Keys
            </Text>
            <ButtonGroup>
              <Button disabled={keys.length === 0} onClick={() => ask("export", all)}>
                Export
              </Button>
              <Button onClick={() => ask("add")}>Add keys</Button>
              {rule ? (
                <Button onClick={() => ask("make")}>Make keys</Button>
              ) : (
                <Button url={`/app/pools/${poolId}/settings`}>Make keys</Button>
              )}
            </ButtonGroup>
          </InlineStack>
          <KeySearch action={action} />
          {imports.length > 0 && (
            <Select
              label="Imported from"
              labelInline
              options={[
                { label: "Anywhere", value: EVERY_IMPORT },
                ...imports.map(({ id, fileName }) => ({ label: fileName, value: id })),
              ]}
              value={filter.importId ?? EVERY_IMPORT}
              onChange={(importId) => show({ ...filter, importId: importId || undefined }, null)}
            />
          )}
        </BlockStack>
      </Box>
      <Tabs
        tabs={tabs}
        selected={Math.max(
          0,
          tabs.findIndex(({ id }) => id === filter.state),
        )}
        onSelect={(index) => show({ ...filter, state: stateOf(tabs[index]?.id) }, null)}
      />
      <IndexTable
        itemCount={keys.length}
        loading={isLoading}
        resourceName={{ singular: "key", plural: "keys" }}
        selectedItemsCount={allResourcesSelected ? "All" : selectedResources.length}
        onSelectionChange={handleSelectionChange}
        hasMoreItems={(next ?? previous) !== null}
        promotedBulkActions={[
          { content: "Edit", onAction: () => ask("change") },
          { content: "Disable", onAction: () => ask("disable") },
          { content: "Enable", onAction: () => enable(selected().chosen) },
        ]}
        bulkActions={[
          { content: "Move to another pool", onAction: () => ask("move") },
          { content: "Export", onAction: () => ask("export") },
          { content: "Delete", onAction: () => ask("delete") },
        ]}
        headings={
          smDown
            ? [{ title: "Key ends in" }]
            : [{ title: "Key ends in" }, { title: "State" }, { title: "Given to" }, { title: "Note" }]
        }
        emptyState={
          <Text as="p" tone="subdued" alignment="center">
            There are no keys here.
          </Text>
        }
        pagination={pagesOf({ previous, next }, (cursor) => show(filter, cursor))}
      >
        {keys.map((key, index) => (
          <IndexTable.Row id={key.id} key={key.id} position={index} selected={selectedResources.includes(key.id)}>
            {smDown ? <NarrowRow {...key} /> : <WideRow {...key} />}
          </IndexTable.Row>
        ))}
      </IndexTable>
      {asking && (
        <Asked
          {...asking}
          poolId={poolId}
          action={action}
          rule={rule}
          pools={otherPools}
          onUndo={enable}
          onClose={close}
        />
      )}
    </Card>
  );
}

type AskedProps = Asking & {
  poolId: string;
  action: string;
  rule: KeyRule | null;
  pools: Props["otherPools"];
  onUndo: (chosen: ChosenKeys) => void;
  onClose: () => void;
};

function Asked({ question, poolId, action, rule, pools, onUndo, onClose, ...about }: AskedProps) {
  const { chosen, picked, count } = about;
  const isEverything = "filter" in chosen;
  const asked = { action, chosen, count, onClose };

  switch (question) {
    case "add":
      return <AddKeysModal action={action} onClose={onClose} />;
    case "make":
      return rule && <MakeKeysModal poolId={poolId} rule={rule} action={action} onClose={onClose} />;
    case "change":
      return <ChangeKeysModal {...asked} one={picked.length === 1 ? (picked[0] ?? null) : null} />;
    case "disable":
      return (
        <DisableKeysModal
          {...asked}
          hasSold={isEverything || picked.some(({ state }) => state === "granted")}
          onUndo={isEverything ? undefined : () => onUndo(chosen)}
        />
      );
    case "delete":
      return <DeleteKeysModal {...asked} />;
    case "move":
      return <MoveKeysModal {...asked} pools={pools} />;
    case "export":
      return <ExportKeysModal poolId={poolId} chosen={chosen} count={count} onClose={onClose} />;
  }
}

function WideRow(key: KeyRow) {
  return (
    <>
      <IndexTable.Cell>
        <KeyEnd {...key} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <KeyState state={key.state} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <KeyHolder {...key} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <KeyNotes {...key} />
      </IndexTable.Cell>
    </>
  );
}

function NarrowRow(key: KeyRow) {
  return (
    <IndexTable.Cell>
      <BlockStack gap="100">
        <InlineStack gap="200" blockAlign="center">
          <KeyEnd {...key} />
          <KeyState state={key.state} />
          {(key.order ?? key.issued) && <KeyHolder {...key} />}
        </InlineStack>
        <KeyNotes {...key} />
      </BlockStack>
    </IndexTable.Cell>
  );
}

function stateOf(tab: string | undefined): KeyRow["state"] | undefined {
  return tab === "available" || tab === "granted" || tab === "revoked" || tab === "disabled" ? tab : undefined;
}
