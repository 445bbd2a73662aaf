import { BlockStack, Box, Button, Card, Icon, InlineGrid, InlineStack, Text, TextField } from "@shopify/polaris";
import { SearchIcon } from "@shopify/polaris-icons";
import { useState } from "react";
import { givenBy, type Attached } from "~/domain/attachment/given-by";
import { GivenRow } from "./given-row";

const SHOWN_AT_ONCE = 24;
const WORTH_SEARCHING = 8;

type Variant = { id: string; title: string; sku: string | null };

type Props = {
  variants: Variant[];
  /** Of the whole product too. */
  attachments: Attached[];
  onAttach?: (variantId: string) => void;
  onChange: (attachment: Attached) => void;
  onDetach: (attachment: Attached) => void;
};

/** A card per variant with all that its buyer gets. */
export function VariantCards({ variants, attachments, onAttach, onChange, onDetach }: Props) {
  const [search, setSearch] = useState("");
  const [shown, setShown] = useState(SHOWN_AT_ONCE);
  const words = search.trim().toLowerCase();
  const found = variants.filter(({ title, sku }) => `${title} ${sku ?? ""}`.toLowerCase().includes(words));

  return (
    <BlockStack gap="300">
      <Box paddingInline={{ xs: "400", sm: "0" }}>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            By variant
          </Text>
          {variants.length > WORTH_SEARCHING && (
            <TextField
              label="Search variants"
              labelHidden
              type="search"
              autoComplete="off"
              placeholder={`Search ${variants.length} variants by title or SKU`}
              prefix={<Icon source={SearchIcon} />}
              value={search}
              onChange={setSearch}
              clearButton
              onClearButtonClick={() => setSearch("")}
            />
          )}
          {found.length === 0 && <Text as="p">No variant has this in its title or SKU.</Text>}
        </BlockStack>
      </Box>
      <InlineGrid columns={{ xs: 1, md: 2 }} gap="400">
        {found.slice(0, shown).map((variant) => (
          <VariantCard
            key={variant.id}
            variant={variant}
            given={givenBy(variant.id, attachments)}
            onAttach={onAttach && (() => onAttach(variant.id))}
            onChange={onChange}
            onDetach={onDetach}
          />
        ))}
      </InlineGrid>
      {found.length > shown && (
        <InlineStack align="center">
          <Button onClick={() => setShown(shown + SHOWN_AT_ONCE)}>
            {`Show more variants (${found.length - shown} left)`}
          </Button>
        </InlineStack>
      )}
    </BlockStack>
  );
}

type VariantCardProps = {
  variant: Variant;
  given: Attached[];
  onAttach?: () => void;
  onChange: (attachment: Attached) => void;
  onDetach: (attachment: Attached) => void;
};

function VariantCard({ variant, given, onAttach, onChange, onDetach }: VariantCardProps) {
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
          <BlockStack>
            <Text as="h3" variant="headingSm" breakWord>
              {variant.title}
            </Text>
            {variant.sku && (
              <Text as="span" variant="bodySm" tone="subdued" breakWord>
                SKU {variant.sku}
              </Text>
            )}
          </BlockStack>
          {onAttach && (
            <Button size="slim" onClick={onAttach} accessibilityLabel={`Attach to ${variant.title} only`}>
              Attach
            </Button>
          )}
        </InlineStack>
        {given.length === 0 && (
          <Text as="p" tone="subdued">
            A buyer gets nothing from Featherpost.
          </Text>
        )}
        {given.map((attachment) => (
          <GivenRow
            key={attachment.id}
            attachment={attachment}
            place={variant.title}
            isInherited={attachment.variantId === null}
            onChange={onChange}
            onDetach={onDetach}
          />
        ))}
      </BlockStack>
    </Card>
  );
}
