import { Banner, BlockStack, FormLayout, Modal, TextField } from "@shopify/polaris";
import { useState } from "react";
import type { GrantShown } from "./grant-answer";
import { useGrantAction } from "./use-grant-action";

/** Asks for more days, more downloads, or both, where there is an end or a limit. */
export function ExtendModal({ grant, onClose }: { grant: GrantShown; onClose: () => void }) {
  const extending = useGrantAction(onClose);
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
    <Modal
      open
      onClose={onClose}
      title={`Extend ${grant.title}`}
      primaryAction={{ content: "Extend", onAction: extend, loading: extending.isBusy }}
      secondaryActions={[{ content: "Cancel", onAction: onClose, disabled: extending.isBusy }]}
    >
      <Modal.Section>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            extend();
          }}
        >
          <BlockStack gap="300">
            {extending.refusal && <Banner tone="critical">{extending.refusal.message}</Banner>}
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
            <button type="submit" hidden />
          </BlockStack>
        </form>
      </Modal.Section>
    </Modal>
  );
}
