import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { Form, FormLayout, TextField } from "@shopify/polaris";
import { useEffect } from "react";
import { ActionModal } from "~/ui/action-modal";
import { useEdits } from "~/ui/use-edits";
import type { AssetsAnswer } from "./assets-answer";

/** Asks for a title and an address. */
export function LinkModal({ onClose }: { onClose: () => void }) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<AssetsAnswer>();
  const answer = fetcher.data;
  const isBusy = fetcher.state !== "idle";
  const errors = answer?.kind === "refused" ? answer.errors : undefined;
  const { field, send } = useEdits({ title: "", url: "" }, { errors, isSaving: isBusy });

  useEffect(() => {
    if (answer?.kind !== "done") return;
    shopify.toast.show(answer.message);
    onClose();
  }, [answer, onClose, shopify]);

  const add = () => fetcher.submit({ intent: "link", ...send() }, { method: "post" });

  return (
    <ActionModal title="Add link" action={{ content: "Add link", onAction: add }} isBusy={isBusy} onClose={onClose}>
      <Form onSubmit={add}>
        <FormLayout>
          <TextField
            {...field("title")}
            label="Title"
            autoComplete="off"
            maxLength={255}
            helpText="What customers see."
          />
          <TextField
            {...field("url")}
            label="Address"
            type="url"
            autoComplete="off"
            placeholder="https://"
            helpText="A video, a course or a community: wherever the buyer should go."
          />
        </FormLayout>
      </Form>
    </ActionModal>
  );
}
