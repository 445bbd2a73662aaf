import { Card, TextField } from "@shopify/polaris";
import type { FieldOf } from "~/ui/use-edits";
import type { PoolFieldValues } from "./pool-fields";

/** What customers read beside their key. */
export function InstructionsSection({ field }: { field: FieldOf<keyof PoolFieldValues> }) {
  return (
    <Card>
      <TextField
        {...field("instructions")}
        label="Instructions"
        multiline={4}
        maxLength={2_000}
        autoComplete="off"
        placeholder="Open Synth Pro, choose Help › Activate and paste your key."
        helpText="Plain text, shown beside the key on the customer's page and in messages."
      />
    </Card>
  );
}
