import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { Banner, BlockStack, Box, ChoiceList, InlineStack, Modal, Tag, Text, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";
import type { AttachAnswer, ThingChoice } from "./attach-choices";
import { Dialog } from "./dialog";
import { DryRunPanel } from "./runs/dry-run-panel";
import { ThingPicker } from "./thing-picker";

type Named = { id: string; title: string };

type Props = {
  onClose: () => void;
  /** Where to; several are meant as wholes. */
  products: Named[];
  /** The product's, when there is one product with more than one. */
  variants?: Named[];
  /** The variant it was opened for. */
  variantId?: string;
};

const WHOLE = "whole";
const SINGLE = "single";

/** Chooses assets and key pools and where they go; mounted while it is open. */
export function AttachDialog({ onClose, products, variants = [], variantId }: Props) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<AttachAnswer>();
  const [chosen, setChosen] = useState<ThingChoice[]>([]);
  const [place, setPlace] = useState(variantId ? SINGLE : WHOLE);
  const [variantIds, setVariantIds] = useState<string[]>(variantId ? [variantId] : []);
  const [keysPerUnit, setKeysPerUnit] = useState("1");
  const pools = chosen.filter(({ kind }) => kind === "keys");
  const isReady = chosen.length > 0 && (place === WHOLE || variantIds.length > 0);

  useEffect(() => {
    if (fetcher.state !== "idle" || !fetcher.data || fetcher.data.error !== null) return;
    shopify.toast.show(fetcher.data.added > 0 ? "Attached" : "All of it was attached already");
    onClose();
  }, [fetcher.state, fetcher.data, onClose, shopify]);

  const fieldsOf = () => {
    const idsOf = (things: ThingChoice[]) => things.map(({ id }) => id).join(",");
    const fields: Record<string, string> = {
      productIds: products.map(({ id }) => id).join(","),
      assetIds: idsOf(chosen.filter(({ kind }) => kind !== "keys")),
      poolIds: idsOf(pools),
      keysPerUnit,
    };
    if (place === SINGLE) fields.variantIds = variantIds.join(",");
    return fields;
  };
  const attach = () => fetcher.submit(fieldsOf(), { method: "post", action: "/app/products/attach" });

  return (
    <Dialog
      onClose={onClose}
      title={titleOf(products)}
      primaryAction={{
        content: chosen.length > 1 ? `Attach ${chosen.length}` : "Attach",
        onAction: attach,
        disabled: !isReady,
        loading: fetcher.state !== "idle",
      }}
      secondaryActions={[{ content: "Cancel", onAction: onClose }]}
    >
      {fetcher.data?.error && fetcher.state === "idle" && (
        <Modal.Section>
          <Banner tone="critical">{fetcher.data.error}</Banner>
        </Modal.Section>
      )}
      <Modal.Section>
        <BlockStack gap="300">
          <ThingPicker chosen={chosen} onChange={setChosen} />
          {chosen.length > 0 && (
            <InlineStack gap="200">
              {chosen.map((thing) => (
                <Tag key={thing.id} onRemove={() => setChosen(chosen.filter(({ id }) => id !== thing.id))}>
                  {thing.title}
                </Tag>
              ))}
            </InlineStack>
          )}
        </BlockStack>
      </Modal.Section>
      {pools.length > 0 && (
        <Modal.Section>
          <Box maxWidth="280px">
            <TextField
              label="Keys per unit bought"
              type="number"
              min={1}
              max={100}
              step={1}
              autoComplete="off"
              value={keysPerUnit}
              onChange={setKeysPerUnit}
              helpText={pools.length > 1 ? "From each of the chosen pools." : undefined}
            />
          </Box>
        </Modal.Section>
      )}
      {variants.length > 0 && (
        <Modal.Section>
          <BlockStack gap="300">
            <ChoiceList
              title="Who gets it"
              choices={[
                { label: "Buyers of the product", value: WHOLE, helpText: "Every variant, also those you add later." },
                { label: "Buyers of single variants", value: SINGLE },
              ]}
              selected={[place]}
              onChange={([choice = WHOLE]) => setPlace(choice)}
            />
            {place === SINGLE && (
              <Box paddingInlineStart="600">
                <ChoiceList
                  title="Variants"
                  titleHidden
                  allowMultiple
                  choices={variants.map(({ id, title }) => ({ label: title, value: id }))}
                  selected={variantIds}
                  onChange={setVariantIds}
                />
              </Box>
            )}
          </BlockStack>
        </Modal.Section>
      )}
      {products.length > 1 && (
        <Modal.Section>
          <Text as="p" tone="subdued">
            Goes to every variant of {products.map(({ title }) => title).join(", ")}.
          </Text>
        </Modal.Section>
      )}
      {isReady && (
        <Modal.Section>
          <DryRunPanel fields={{ about: "attach", ...fieldsOf() }} disabled={fetcher.state !== "idle"} />
        </Modal.Section>
      )}
    </Dialog>
  );
}

function titleOf([product, ...others]: Named[]): string {
  return others.length > 0 ? `Attach to ${others.length + 1} products` : `Attach to ${product?.title ?? "the product"}`;
}
