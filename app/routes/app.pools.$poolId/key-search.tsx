import { Banner, BlockStack, Button, InlineStack, TextField } from "@shopify/polaris";
import { useState } from "react";
import { KeyEnd, KeyHolder, KeyState } from "./key-cells";
import type { KeyRow } from "./pool-answer";
import { usePoolAction } from "./use-pool-action";

/** Looks a key up by its text, which never gets into the address, or by its last characters. */
export function KeySearch({ action }: { action: string }) {
  const search = usePoolAction({ action });
  const [key, setKey] = useState("");

  return (
    <BlockStack gap="200">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          search.submit({ intent: "find", key });
        }}
      >
        <TextField
          label="Find a key"
          labelHidden
          placeholder="A whole key, or its last 4 characters"
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
      <div role="status">{search.found && !search.isBusy && <FoundKeys found={search.found} />}</div>
    </BlockStack>
  );
}

function FoundKeys({ found }: { found: KeyRow[] }) {
  if (found.length === 0)
    return (
      <Banner tone="info">
        This pool has no such key. It is found by its whole text, or by its last 4 characters or fewer.
      </Banner>
    );
  return (
    <Banner tone="success">
      <BlockStack gap="200">
        {found.map((key) => (
          <InlineStack key={key.id} gap="200" blockAlign="center">
            <KeyEnd {...key} />
            <KeyState state={key.state} />
            <KeyHolder {...key} />
          </InlineStack>
        ))}
      </BlockStack>
    </Banner>
  );
}
