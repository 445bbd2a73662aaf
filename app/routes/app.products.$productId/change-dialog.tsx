import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { Banner, BlockStack, Checkbox, Modal, Text, TextField } from "@shopify/polaris";
import { useEffect } from "react";
import type { Attached } from "~/domain/attachment/given-by";
import { MAX_INSTRUCTIONS, MAX_KEYS_PER_UNIT } from "~/domain/attachment/terms";
import { mediaOf } from "~/domain/download/media";
import { MAX_ACCESS_DAYS, MAX_DOWNLOAD_LIMIT } from "~/domain/shop/settings";
import type { ChangeAnswer } from "~/ui/change-answer";
import { Dialog } from "~/ui/dialog";
import { LimitField } from "~/ui/limit-field";
import { NumberField } from "~/ui/number-field";
import { DryRunPanel } from "~/ui/runs/dry-run-panel";
import { UpdatePolicyField } from "~/ui/update-policy-field";
import { useEdits } from "~/ui/use-edits";
import { shopsOwn, termsFieldsOf, type ShopPolicy } from "./change-fields";

type Props = { attachment: Attached; productTitle: string; policy: ShopPolicy; onClose: () => void };

/** How one attachment gives what it gives; mounted while it is open. */
export function ChangeDialog({ attachment, productTitle, policy, onClose }: Props) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<ChangeAnswer>();
  const { id: attachmentId, thing, terms } = attachment;
  const isSaving = fetcher.state !== "idle";
  const errors = fetcher.data?.kind === "refused" ? fetcher.data.errors : undefined;
  const { fields, field, send } = useEdits(termsFieldsOf(terms), { errors, isSaving });
  const own = shopsOwn(policy);
  const isFile = thing.kind === "file";
  const isMedia = isFile && thing.fileName !== null && mediaOf(thing.fileName) !== null;

  useEffect(() => {
    if (isSaving || fetcher.data?.kind !== "changed") return;
    shopify.toast.show("Saved. It counts for orders paid from now on.");
    onClose();
  }, [fetcher.data, isSaving, onClose, shopify]);

  const save = () =>
    fetcher.submit({ attachmentId, productTitle, ...send() }, { method: "post", action: "/app/products/change" });

  return (
    <Dialog
      onClose={onClose}
      title={`How ${thing.title} is given`}
      primaryAction={{ content: "Save", onAction: save, loading: isSaving }}
      secondaryActions={[{ content: "Cancel", onAction: onClose, disabled: isSaving }]}
    >
      {fetcher.data?.kind === "refused" && fetcher.data.message && !isSaving && (
        <Modal.Section>
          <Banner tone="critical">{fetcher.data.message}</Banner>
        </Modal.Section>
      )}
      <Modal.Section>
        <BlockStack gap="500">
          <Text as="p" tone="subdued">
            Counts for orders paid from now on. What was sold stays as it was sold.
          </Text>
          {thing.kind === "keys" ? (
            <NumberField {...field("keysPerUnit")} label="Keys per unit bought" min={1} max={MAX_KEYS_PER_UNIT} />
          ) : (
            <LimitField
              {...field("downloadLimit")}
              title="Downloads"
              inherited={own.downloads}
              unlimitedLabel="Unlimited downloads"
              limitedLabel="A limit of its own"
              label="Downloads per unit bought"
              helpText="Buying two units doubles it."
              max={MAX_DOWNLOAD_LIMIT}
              preset={String(policy.downloadLimit ?? 5)}
            />
          )}
          <LimitField
            {...field("accessDays")}
            title="Time"
            inherited={
              thing.kind === "keys" ? { ...own.days, label: "As in its pool, or else in the settings" } : own.days
            }
            unlimitedLabel="Access never ends"
            limitedLabel="Ends after days of its own"
            label="Days from the purchase"
            suffix="days"
            helpText="It stays reachable for this long."
            max={MAX_ACCESS_DAYS}
            preset={String(policy.accessDays ?? 365)}
          />
          {isFile && (
            <UpdatePolicyField policy={field("updatePolicy")} months={field("updateMonths")} inherited={own.versions} />
          )}
          {isMedia && (
            <Checkbox
              label="Plays on the page, cannot be downloaded"
              helpText="For audio and video."
              checked={fields.streamOnly === "true"}
              disabled={isSaving}
              onChange={(checked) => field("streamOnly").onChange(String(checked))}
            />
          )}
        </BlockStack>
      </Modal.Section>
      <Modal.Section>
        <TextField
          {...field("instructions")}
          label="How to use it"
          multiline={4}
          autoComplete="off"
          maxLength={MAX_INSTRUCTIONS}
          showCharacterCount
          helpText="Plain text for the page and the mail. Earlier buyers see it, too."
        />
      </Modal.Section>
      <Modal.Section>
        <DryRunPanel
          fields={{ about: "attachment", attachmentId, title: thing.title, ...fields }}
          disabled={isSaving}
        />
      </Modal.Section>
    </Dialog>
  );
}
