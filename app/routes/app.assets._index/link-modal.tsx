import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { Form, FormLayout, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { ActionModal } from "~/ui/action-modal";
import type { AssetsAnswer } from "./assets-answer";

/** Asks for a title and an address. */
export function LinkModal({ onClose }: { onClose: () => void }) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<AssetsAnswer>();
  const [fields, setFields] = useState({ title: "", url: "" });
  const answer = fetcher.data;
  const isBusy = fetcher.state !== "idle";
  const errors = answer?.kind === "refused" && !isBusy ? answer.errors : {};

  useEffect(() => {
    if (answer?.kind !== "done") return;
    shopify.toast.show(answer.message);
    onClose();
  }, [answer, onClose, shopify]);

  const add = () => fetcher.submit({ intent: "link", ...fields }, { method: "post" });
  const field = (name: keyof typeof fields) => ({
    value: fields[name],
    error: errors[name]?.[0],
    disabled: isBusy,
    autoComplete: "off",
    onChange: (value: string) => setFields((current) => ({ ...current, [name]: value })),
  });

  return (
    <ActionModal title="Add link" action={{ content: "Add link", onAction: add }} isBusy={isBusy} onClose={onClose}>
      <Form onSubmit={add}>
        <FormLayout>
          <TextField {...field("title")} label="Title" maxLength={255} helpText="What customers see." />
          <TextField
            {...field("url")}
            label="Address"
            type="url"
            placeholder="https://"
            helpText="A video, a course or a community: wherever the buyer should go."
          />
        </FormLayout>
      </Form>
    </ActionModal>
  );
}
