import { BlockStack, Button, DropZone, InlineStack, TextField } from "@shopify/polaris";
import { useState } from "react";

/** Takes a file, or keys pasted as text. */
export function KeySource({ onChoose }: { onChoose: (file: File) => void }) {
  const [isPasting, setIsPasting] = useState(false);
  const [pasted, setPasted] = useState("");

  if (isPasting) {
    return (
      <BlockStack gap="300">
        <TextField
          label="Keys, one per line"
          value={pasted}
          onChange={setPasted}
          multiline={6}
          maxHeight={240}
          autoComplete="off"
          spellCheck={false}
          monospaced
        />
        <InlineStack gap="200">
          <Button
            variant="primary"
            disabled={pasted.trim() === ""}
            onClick={() => onChoose(new File([pasted], "Pasted keys", { type: "text/plain" }))}
          >
            Continue
          </Button>
          <Button onClick={() => setIsPasting(false)}>Choose a file instead</Button>
        </InlineStack>
      </BlockStack>
    );
  }
  return (
    <BlockStack gap="300" inlineAlign="stretch">
      <DropZone
        label="CSV file with license keys"
        labelHidden
        allowMultiple={false}
        variableHeight
        onDrop={([chosen]) => chosen && onChoose(chosen)}
      >
        <DropZone.FileUpload
          actionTitle="Choose a CSV or text file"
          actionHint="or drop it here: up to 200 MB, 2,000,000 keys"
        />
      </DropZone>
      <InlineStack>
        <Button variant="plain" onClick={() => setIsPasting(true)}>
          Paste keys instead
        </Button>
      </InlineStack>
    </BlockStack>
  );
}
