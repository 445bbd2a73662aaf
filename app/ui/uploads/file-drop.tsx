import { BlockStack, Box, Button, DropZone, Text } from "@shopify/polaris";

type Props = {
  label: string;
  buttonLabel: string;
  hint: string;
  allowMultiple: boolean;
  onFiles: (files: File[]) => void;
};

/** Where files are dropped, or picked by a click. */
export function FileDrop({ label, buttonLabel, hint, allowMultiple, onFiles }: Props) {
  return (
    <DropZone label={label} labelHidden allowMultiple={allowMultiple} variableHeight onDropAccepted={onFiles}>
      <Box padding="600">
        <BlockStack gap="200" inlineAlign="center">
          <Button>{buttonLabel}</Button>
          <Text as="p" tone="subdued" alignment="center">
            {hint}
          </Text>
        </BlockStack>
      </Box>
    </DropZone>
  );
}
