import { Card, Form, FormLayout, TextField } from "@shopify/polaris";
import { EditsBar } from "~/ui/edits-bar";
import { useEdits } from "~/ui/use-edits";
import { useAssetAction } from "./use-asset-action";

/** The asset's title and, for a link, its address; Shopify's save bar shows while they differ from what is saved. */
export function DetailsForm({ title, url }: { title: string; url: string | null }) {
  const saved = { title, url: url ?? "" };
  const { errors, isBusy, submit } = useAssetAction();
  const { field, isDirty, send, discard } = useEdits(saved, { errors, isSaving: isBusy });
  const save = () => {
    const fields = send();
    submit({ intent: "change", title: fields.title, ...(url === null ? {} : { url: fields.url }) });
  };

  return (
    <Card>
      <EditsBar id="asset-save-bar" isDirty={isDirty} isSaving={isBusy} onSave={save} onDiscard={discard} />
      <Form onSubmit={() => isDirty && save()}>
        <FormLayout>
          <TextField
            {...field("title")}
            label="Title"
            autoComplete="off"
            maxLength={255}
            helpText="What customers see."
          />
          {url !== null && (
            <TextField
              {...field("url")}
              label="Address"
              type="url"
              autoComplete="off"
              helpText="Customers who have this link already are led to the new address too."
            />
          )}
        </FormLayout>
      </Form>
    </Card>
  );
}
