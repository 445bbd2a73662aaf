import { BlockStack, Box, Card, Select, Text } from "@shopify/polaris";
import type { ComposedMail } from "~/emails/compose-mail";

type Props = {
  mail: ComposedMail | null;
  isStale: boolean;
  orders: { id: string; name: string }[];
  /** Empty: an order made up for the purpose. */
  orderId: string;
  onOrder: (orderId: string) => void;
};

export function PreviewCard({ mail, isStale, orders, orderId, onOrder }: Props) {
  const options = [
    ...orders.map(({ id, name }) => ({ label: `Order ${name}`, value: id })),
    { label: "A sample order", value: "" },
  ];

  return (
    <Card>
      <BlockStack gap="300">
        <Select label="Preview with" options={options} value={orderId} onChange={onOrder} />
        {mail ? (
          <div style={{ opacity: isStale ? 0.6 : 1 }} aria-busy={isStale}>
            <BlockStack gap="200">
              <Text as="p" fontWeight="semibold" breakWord>
                {mail.subject}
              </Text>
              <Box borderWidth="025" borderColor="border" borderRadius="200" overflowX="hidden" overflowY="hidden">
                {/* Without scripts, forms, or the origin of this page. */}
                <iframe
                  title="Preview of the message"
                  sandbox=""
                  srcDoc={mail.html}
                  style={{ display: "block", width: "100%", height: 640, border: 0, background: "#f3f4f6" }}
                />
              </Box>
            </BlockStack>
          </div>
        ) : (
          <Text as="p" tone="subdued">
            There is nothing to show until the mistake is gone.
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}
