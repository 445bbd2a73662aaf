import { BlockStack, Box, Button, Card, Collapsible, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import { variableNotes } from "~/domain/delivery/template-variables";

const tags = [
  { name: "{% button %}Open{% endbutton %}", note: "Button that leads to the customer’s page" },
  { name: "{% items %}", note: "List of what the order gave, with keys and instructions" },
  { name: "{% for item in items %} … {% endfor %}", note: "The same list as you want it" },
];

/** All that a message can name. */
export function VariablesCard() {
  const [isOpen, setIsOpen] = useState(false);

  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            What a message can name
          </Text>
          <Button
            variant="plain"
            disclosure={isOpen ? "up" : "down"}
            onClick={() => setIsOpen(!isOpen)}
            ariaExpanded={isOpen}
            ariaControls="variables"
          >
            {isOpen ? "Hide" : "Show"}
          </Button>
        </InlineStack>
        <Collapsible id="variables" open={isOpen}>
          <BlockStack gap="300">
            {tags.map(({ name, note }) => (
              <Named key={name} name={name} note={note} />
            ))}
            {variableNotes.map(({ name, note }) => (
              <Named key={name} name={`{{ ${name} }}`} note={note} />
            ))}
          </BlockStack>
        </Collapsible>
      </BlockStack>
    </Card>
  );
}

function Named({ name, note }: { name: string; note: string }) {
  return (
    <Box>
      <Text as="p" breakWord>
        <code>{name}</code>
      </Text>
      <Text as="p" tone="subdued">
        {note}
      </Text>
    </Box>
  );
}
