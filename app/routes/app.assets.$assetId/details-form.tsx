import { SaveBar } from "@shopify/app-bridge-react";
import { Card, Form, FormLayout, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useAssetAction } from "./use-asset-action";

/** The asset's title and, for a link, its address; Shopify's save bar shows while they differ from what is saved. */
export function DetailsForm({ title, url }: { title: string; url: string | null }) {
  const saved = { title, url: url ?? "" };
  const [fields, setFields] = useState(saved);
  const { errors, isBusy, submit } = useAssetAction();
  const isDirty = fields.title.trim() !== saved.title || fields.url.trim() !== saved.url;

  const save = () => submit({ intent: "change", title: fields.title, ...(url === null ? {} : { url: fields.url }) });
  const field = (name: keyof typeof saved) => ({
    value: fields[name],
    error: isDirty ? errors[name]?.[0] : undefined,
    disabled: isBusy,
    autoComplete: "off",
    onChange: (value: string) => setFields((current) => ({ ...current, [name]: value })),
  });

  return (
    <Card>
      <SaveBar id="asset-save-bar" open={isDirty}>
        <button variant="primary" onClick={save} loading={isBusy ? "" : undefined} disabled={isBusy}>
          Save
        </button>
        <button onClick={() => setFields(saved)} disabled={isBusy}>
          Discard
        </button>
      </SaveBar>
      <Form onSubmit={() => isDirty && save()}>
        <FormLayout>
          <TextField {...field("title")} label="Title" maxLength={255} helpText="What customers see." />
          {url !== null && (
            <TextField
              {...field("url")}
              label="Address"
              type="url"
              helpText="Customers who have this link already are led to the new address too."
            />
          )}
        </FormLayout>
      </Form>
    </Card>
  );
}
