import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { ChoiceList, Text } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { ActionModal } from "~/ui/action-modal";

type Props = { graceDays: number; onClose: () => void };

/** Asks whether the old key is still to be trusted, and replaces it. */
export function ReplaceKeyModal({ graceDays, onClose }: Props) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<{ errors: object }>();
  const [isOldTrusted, setIsOldTrusted] = useState(true);
  const { data, state } = fetcher;
  const days = graceDays === 1 ? "1 day" : `${graceDays} days`;

  useEffect(() => {
    if (!data) return;
    shopify.toast.show("Signing key replaced");
    onClose();
  }, [data, shopify, onClose]);

  return (
    <ActionModal
      title="Replace the signing key?"
      action={{
        content: "Replace key",
        destructive: !isOldTrusted,
        onAction: () =>
          fetcher.submit({ intent: "replace_key", isOldTrusted: String(isOldTrusted) }, { method: "post" }),
      }}
      isBusy={state !== "idle"}
      onClose={onClose}
    >
      <Text as="p">
        Licenses are signed with a new key from now on. Software that asks for the public keys finds the new one by
        itself; software that carries the public key inside needs an update.
      </Text>
      <ChoiceList
        title="What the old key signed"
        choices={[
          { label: `Stays good for its ${days} of grace`, value: "true" },
          {
            label: "Is not to be trusted any more",
            value: "false",
            helpText: "When the key was stolen. Machines have to ask again before they go on.",
          },
        ]}
        selected={[String(isOldTrusted)]}
        onChange={([choice]) => setIsOldTrusted(choice === "true")}
      />
    </ActionModal>
  );
}
