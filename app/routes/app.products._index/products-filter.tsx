import { useSearchParams } from "@remix-run/react";
import { Box, Button, ButtonGroup, Icon, InlineStack, TextField } from "@shopify/polaris";
import { SearchIcon } from "@shopify/polaris-icons";
import { useEffect, useRef, useState } from "react";

const TYPING_PAUSE_MS = 350;

/** Narrows the list; the address says how, so that it can be reloaded and gone back to. */
export function ProductsFilter({ search, onlyGiving }: { search: string; onlyGiving: boolean }) {
  const [, setParams] = useSearchParams();
  const [typed, setTyped] = useState(search);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const show = (words: string, giving: boolean, delayMs: number) => {
    clearTimeout(timer.current);
    const params = { ...(words.trim() && { search: words.trim() }), ...(giving && { gives: "something" }) };
    timer.current = setTimeout(() => setParams(params, { replace: delayMs > 0 }), delayMs);
  };
  const type = (words: string) => {
    setTyped(words);
    show(words, onlyGiving, TYPING_PAUSE_MS);
  };

  return (
    <Box padding="300">
      <InlineStack gap="300" blockAlign="center">
        <ButtonGroup variant="segmented">
          <Button pressed={!onlyGiving} onClick={() => show(typed, false, 0)}>
            All
          </Button>
          <Button pressed={onlyGiving} onClick={() => show(typed, true, 0)}>
            Gives something
          </Button>
        </ButtonGroup>
        <div style={{ flex: "1 1 220px" }}>
          <TextField
            label="Search products"
            labelHidden
            type="search"
            autoComplete="off"
            placeholder="Search products"
            prefix={<Icon source={SearchIcon} />}
            value={typed}
            onChange={type}
            clearButton
            onClearButtonClick={() => type("")}
          />
        </div>
      </InlineStack>
    </Box>
  );
}
