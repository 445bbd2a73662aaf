import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { Banner, BlockStack, Button, Card, Checkbox, InlineGrid, InlineStack, Select, Text } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { asSentence } from "~/ui/as-sentence";
import { NumberField } from "~/ui/number-field";
import type { SaveAnswer } from "./pool-fields";

type Saved = {
  lowAt: number;
  lowUnit: "percent" | "keys";
  setsInventory: boolean;
  /** Why Shopify's stock could not be set; null: it could, or is not to be. */
  inventoryProblem: string | null;
  generatesOnDemand: boolean;
};

/** When the merchant is told that keys run low, and whether Shopify sells no more than there are. */
export function StockCard({ saved }: { saved: Saved }) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<SaveAnswer>();
  const [edits, setEdits] = useState<Partial<{ lowAt: string; lowUnit: string; setsInventory: boolean }>>({});
  const fields = { lowAt: String(saved.lowAt), lowUnit: saved.lowUnit, setsInventory: saved.setsInventory, ...edits };
  const isDirty =
    fields.lowAt.trim() !== String(saved.lowAt) ||
    fields.lowUnit !== saved.lowUnit ||
    fields.setsInventory !== saved.setsInventory;
  const isSaving = fetcher.state !== "idle";
  const answer = fetcher.data;

  useEffect(() => {
    if (!isSaving && answer?.saved) shopify.toast.show(answer.saved);
  }, [answer, isSaving, shopify]);

  const save = () => {
    const { lowAt, lowUnit, setsInventory } = fields;
    const values = { lowAt: lowAt.trim(), lowUnit, setsInventory: setsInventory ? "yes" : "no" };
    fetcher.submit({ intent: "stock", ...values }, { method: "post" });
  };

  return (
    <Card>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            When keys run low
          </Text>
          <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
            <NumberField
              name="lowAt"
              label="Tell me when so many are left"
              value={fields.lowAt}
              error={answer?.errors.lowAt?.[0]}
              disabled={isSaving}
              onChange={(lowAt) => setEdits((current) => ({ ...current, lowAt }))}
              min={0}
              max={fields.lowUnit === "percent" ? 100 : 100_000_000}
              helpText="By mail to your support address and on Home, once each time. 0: only when none is left."
            />
            <Select
              label="Counted in"
              options={[
                { label: "Percent of all its keys", value: "percent" },
                { label: "Keys", value: "keys" },
              ]}
              value={fields.lowUnit}
              disabled={isSaving}
              onChange={(lowUnit) => setEdits((current) => ({ ...current, lowUnit }))}
            />
          </InlineGrid>
          <Checkbox
            label="Set the quantity in Shopify to the keys left"
            checked={fields.setsInventory}
            disabled={isSaving}
            onChange={(setsInventory) => setEdits((current) => ({ ...current, setsInventory }))}
            helpText={
              saved.generatesOnDemand
                ? "This pool makes keys when an order finds too few, so the quantity in Shopify is left as it is."
                : "Then nobody can buy more than there are. Featherpost sets the quantity of every variant that gives keys of this pool; “Track quantity” has to be on for it in Shopify."
            }
          />
          {saved.setsInventory && saved.inventoryProblem && (
            <Banner tone="warning">{asSentence(saved.inventoryProblem)}</Banner>
          )}
          <InlineStack align="end">
            <Button submit disabled={!isDirty} loading={isSaving}>
              Save
            </Button>
          </InlineStack>
        </BlockStack>
      </form>
    </Card>
  );
}
