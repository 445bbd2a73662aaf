import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { BlockStack, Box, Button, Card, Form, InlineStack, Text } from "@shopify/polaris";
import { useEffect } from "react";
import { PoolFields } from "~/ui/pool-fields";
import { useEdits } from "~/ui/use-edits";
import { InstructionsSection } from "./instructions-section";
import type { PoolFieldValues, SaveAnswer } from "./pool-fields";
import { SaleSection } from "./sale-section";

/** What a pool is called and what its keys are sold under. */
export function PoolForm({ saved }: { saved: PoolFieldValues }) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<SaveAnswer>();
  const isSaving = fetcher.state !== "idle";
  const answer = fetcher.data;
  const { field, isDirty, send } = useEdits(saved, { errors: answer?.errors, isSaving });

  useEffect(() => {
    if (isSaving) return;
    if (answer?.saved) shopify.toast.show(answer.saved);
    else if (answer) document.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [answer, isSaving, shopify]);

  return (
    <Form onSubmit={() => fetcher.submit({ intent: "settings", ...send() }, { method: "post" })}>
      <BlockStack gap="400">
        <Card>
          <PoolFields name={field("name")} activationLimit={field("activationLimit")} />
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
    </Form>
  );
}
