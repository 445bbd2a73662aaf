import { Form, FormLayout, TextField } from "@shopify/polaris";
import { useState } from "react";
import { ActionModal } from "~/ui/action-modal";
import { useAction } from "~/ui/use-action";
import type { GrantShown } from "./grant-shown";

/** Asks for more days, more downloads, or both, where there is an end or a limit. */
export function ExtendModal({ grant, onClose }: { grant: GrantShown; onClose: () => void }) {
  const extending = useAction(onClose);
  const [days, setDays] = useState("");
  const [downloads, setDownloads] = useState("");
  const errors = extending.refusal?.errors ?? {};
  const extend = () =>
    extending.submit({
      intent: "extend",
      grantId: grant.id,
      days,
      downloads,
      seenExpiresAt: grant.expiresAt ?? "",
      seenDownloadLimit: grant.downloadLimit?.toString() ?? "",
    });
  const number = {
    type: "number",
    min: 0,
    inputMode: "numeric",
    autoComplete: "off",
    disabled: extending.isBusy,
  } as const;

  return (
    <ActionModal
      title={`Extend ${grant.title}`}
      action={{ content: "Extend", onAction: extend }}
      isBusy={extending.isBusy}
      refusal={extending.refusal?.message}
      onClose={onClose}
    >
      <Form onSubmit={extend}>
        <FormLayout>
          {grant.expiresAt && (
            <TextField
              {...number}
              label="Days to add"
              value={days}
              onChange={setDays}
              error={errors.days?.[0]}
              helpText="From the day access ends, or from today when it has ended."
            />
          )}
          {grant.downloadLimit !== null && (
            <TextField
              {...number}
              label="Downloads to add"
              value={downloads}
              onChange={setDownloads}
              error={errors.downloads?.[0]}
              helpText={`${grant.used} of ${grant.downloadLimit} are used.`}
            />
          )}
        </FormLayout>
      </Form>
    </ActionModal>
  );
}
