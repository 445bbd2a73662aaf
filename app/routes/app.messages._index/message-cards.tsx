import { Badge, BlockStack, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { deliveryKinds, type DeliveryKind } from "~/domain/delivery/kinds";
import { mailLocales } from "~/domain/delivery/locales";
import { languageNames, messageOccasions, messageTitles } from "~/ui/message-titles";

type Props = { edited: { kind: DeliveryKind; locale: string }[]; announcesVersions: boolean };

/** Every kind of message with its languages, and which of them the merchant edited. */
export function MessageCards({ edited, announcesVersions }: Props) {
  return deliveryKinds.map((kind) => (
    <Card key={kind}>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h2" variant="headingMd">
              {messageTitles[kind]}
            </Text>
            {kind === "new_version" && !announcesVersions && <Badge>Turned off</Badge>}
          </InlineStack>
          <Text as="p" tone="subdued">
            {messageOccasions[kind]}
          </Text>
        </BlockStack>
        <InlineStack gap="400">
          {mailLocales.map((locale) => {
            const isEdited = edited.some((one) => one.kind === kind && one.locale === locale);
            return (
              <InlineStack key={locale} gap="100" blockAlign="center" wrap={false}>
                <Link
                  url={`/app/messages/${kind}/${locale}`}
                  accessibilityLabel={`Edit “${messageTitles[kind]}” in ${languageNames[locale]}`}
                >
                  {languageNames[locale]}
                </Link>
                {isEdited && <Badge tone="info">Edited</Badge>}
              </InlineStack>
            );
          })}
        </InlineStack>
      </BlockStack>
    </Card>
  ));
}
