import { Banner, BlockStack, Text } from "@shopify/polaris";
import { asSentence } from "~/ui/as-sentence";
import { useAction } from "~/ui/use-action";

type Props = { isHeld: boolean; riskLevel: string | null; disputedAt: string | null; fulfillProblem: string | null };

/** What about this order waits for a person. */
export function OrderBanners({
  isHeld,
  riskLevel,
  disputedAt,
  fulfillProblem,
  onExport,
}: Props & { onExport: () => void }) {
  return (
    <>
      {isHeld && <HeldBanner riskLevel={riskLevel} />}
      {disputedAt && (
        <Banner
          tone="warning"
          title="A payment dispute was opened"
          action={{ content: "Export evidence", onAction: onExport }}
        >
          <p>The export lists what was delivered, when and to whom. Send it to Shopify with your answer.</p>
        </Banner>
      )}
      {fulfillProblem && (
        <Banner tone="warning" title="Shopify does not know that it is fulfilled">
          <p>{asSentence(fulfillProblem)} The customer has what was bought.</p>
        </Banner>
      )}
    </>
  );
}

function HeldBanner({ riskLevel }: { riskLevel: string | null }) {
  const releasing = useAction();

  return (
    <Banner
      tone="warning"
      title="This order is held back"
      action={{
        content: "Release",
        loading: releasing.isBusy,
        onAction: () => releasing.submit({ intent: "release" }),
      }}
    >
      <BlockStack gap="200">
        <p>
          {riskLevel === "high" ? "Shopify sees a high risk of fraud. " : ""}The customer gets nothing until you release
          it. Releasing opens everything, gives out the keys and writes to the customer.
        </p>
        {releasing.refusal && (
          <Text as="p" tone="critical">
            {releasing.refusal.message}
          </Text>
        )}
      </BlockStack>
    </Banner>
  );
}
