import { BlockStack, Card, EmptyState } from "@shopify/polaris";
import { ExampleCall } from "./example-call";

type Props = { appUrl: string; create: { content: string; onAction: () => void } };

export function NoTokens({ appUrl, create }: Props) {
  return (
    <BlockStack gap="400">
      <Card>
        <EmptyState heading="Let your own software work with licenses" image="" action={create}>
          <p>A token lets a program of yours create, find and revoke licenses. Revoke it here whenever you want.</p>
        </EmptyState>
      </Card>
      <ExampleCall appUrl={appUrl} />
    </BlockStack>
  );
}
