import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { BlockStack, Box, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useEffect, useState } from "react";
import type { PoolSettings } from "~/domain/pool/pool-form";
import { PoolFields } from "~/ui/pool-fields";
import { InstructionsSection } from "./instructions-section";
import type { PoolFieldOf, PoolFieldValues, SaveAnswer } from "./pool-fields";
import { SaleSection } from "./sale-section";

/** What a pool is called and what its keys are sold under. */
export function PoolForm({ saved }: { saved: PoolFieldValues }) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<SaveAnswer>();
  const [edits, setEdits] = useState<Partial<PoolFieldValues>>({});
  const fields = { ...saved, ...edits };
  const names = Object.keys(saved) as (keyof PoolSettings)[];
  const isDirty = names.some((name) => fields[name].trim() !== saved[name]);
  const isSaving = fetcher.state !== "idle";
  const answer = fetcher.data;

  useEffect(() => {
    if (isSaving) return;
    if (answer?.saved) shopify.toast.show(answer.saved);
    else if (answer) document.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [answer, isSaving, shopify]);

  const field: PoolFieldOf = (name) => ({
    name,
    value: fields[name],
    error: answer?.errors[name]?.[0],
    disabled: isSaving,
    onChange: (value) => setEdits((current) => ({ ...current, [name]: value })),
  });

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        fetcher.submit({ intent: "settings", ...fields }, { method: "post" });
      }}
    >
      <BlockStack gap="400">
        <Card>
          <PoolFields
            values={{ name: fields.name, activationLimit: fields.activationLimit }}
            errors={answer?.errors ?? {}}
            disabled={isSaving}
            onChange={(values) => setEdits((current) => ({ ...current, ...values }))}
          />
        </Card>
        <SaleSection field={field} />
        <InstructionsSection field={field} />
        <Box paddingInline={{ xs: "400", sm: "0" }}>
          <InlineStack gap="400" align="space-between" blockAlign="center" wrap={false}>
            <Text as="p" tone="subdued">
              A change touches nothing that was sold; only instructions are for everyone, at once.
            </Text>
            <Button submit variant="primary" disabled={!isDirty} loading={isSaving}>
              Save
            </Button>
          </InlineStack>
        </Box>
      </BlockStack>
    </form>
  );
}
