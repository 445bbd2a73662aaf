import { useFetcher } from "@remix-run/react";
import {
  BlockStack,
  Box,
  ChoiceList,
  Icon,
  InlineStack,
  Link,
  Scrollable,
  Spinner,
  Text,
  TextField,
} from "@shopify/polaris";
import { SearchIcon } from "@shopify/polaris-icons";
import { useEffect, useState } from "react";
import type { Choices, ThingChoice } from "./attach-choices";
import { thingDetail } from "./thing-detail";
import { Wrapping } from "./wrapping";

const TYPING_PAUSE_MS = 250;

type Props = { chosen: ThingChoice[]; onChange: (chosen: ThingChoice[]) => void };

/** A searchable list of the shop's assets and key pools, of which several are chosen; what is chosen outlives a search. */
export function ThingPicker({ chosen, onChange }: Props) {
  const { load, data, state } = useFetcher<Choices>();
  const [search, setSearch] = useState("");

  useEffect(() => {
    const address = `/app/products/choices?${new URLSearchParams({ search })}`;
    const timer = setTimeout(() => load(address), search ? TYPING_PAUSE_MS : 0);
    return () => clearTimeout(timer);
  }, [search, load]);

  const choose = (ids: string[]) => {
    const known = new Map([...chosen, ...(data?.things ?? [])].map((thing) => [thing.id, thing]));
    onChange(ids.flatMap((id) => known.get(id) ?? []));
  };

  return (
    <BlockStack gap="300">
      <TextField
        label="Files, links and key pools"
        type="search"
        autoComplete="off"
        placeholder="Search by title"
        prefix={<Icon source={SearchIcon} />}
        suffix={state === "loading" && <Spinner size="small" accessibilityLabel="Searching" />}
        value={search}
        onChange={setSearch}
        clearButton
        onClearButtonClick={() => setSearch("")}
      />
      <Box minHeight="120px">{data && <Found data={data} chosen={chosen} onChoose={choose} />}</Box>
    </BlockStack>
  );
}

type FoundProps = { data: Choices; chosen: ThingChoice[]; onChoose: (ids: string[]) => void };

function Found({ data: { things, search, hasMore }, chosen, onChoose }: FoundProps) {
  if (things.length === 0) return search ? <Text as="p">Nothing has “{search}” in its title.</Text> : <NothingYet />;

  return (
    <BlockStack gap="200">
      <Scrollable shadow focusable style={{ maxHeight: "min(320px, 40vh)" }}>
        <ChoiceList
          title="Choose what to attach"
          titleHidden
          allowMultiple
          choices={things.map((thing) => ({
            label: <Wrapping>{thing.title}</Wrapping>,
            value: thing.id,
            helpText: thingDetail(thing),
          }))}
          selected={chosen.map(({ id }) => id)}
          onChange={onChoose}
        />
      </Scrollable>
      {hasMore && (
        <Text as="p" tone="subdued" variant="bodySm">
          There are more. Search to find them.
        </Text>
      )}
    </BlockStack>
  );
}

function NothingYet() {
  return (
    <BlockStack gap="200">
      <Text as="p">There is nothing to attach yet.</Text>
      <InlineStack gap="300">
        <Link url="/app/assets">Add files or links</Link>
        <Link url="/app/pools">Import license keys</Link>
      </InlineStack>
    </BlockStack>
  );
}
