import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect, useRef } from "react";
import type { Attached } from "~/domain/attachment/given-by";
import type { AttachAnswer } from "~/ui/attach-choices";

/**
 * Detaches, shows the page at once as it will be, and offers to undo it.
 *
 * To undo is to attach again: orders paid in between do not get it.
 */
export function useDetach(productTitle: string) {
  const shopify = useAppBridge();
  const { submit: submitDetach, ...detaching } = useFetcher<{ error: string | null }>();
  const { submit: submitUndo, ...undoing } = useFetcher<AttachAnswer>();
  const detached = useRef<Attached>(undefined);

  useEffect(() => {
    const attachment = detached.current;
    if (detaching.state !== "idle" || !detaching.data || !attachment) return;
    detached.current = undefined;
    if (detaching.data.error) return void shopify.toast.show(detaching.data.error, { isError: true });
    shopify.toast.show(`${attachment.thing.title} detached. Who bought it keeps it.`, {
      action: "Undo",
      duration: 8000,
      onAction: () => submitUndo(fieldsOf(attachment), { method: "post", action: "/app/products/attach" }),
    });
  }, [detaching.state, detaching.data, shopify, submitUndo]);

  useEffect(() => {
    if (undoing.state !== "idle" || !undoing.data) return;
    const { error } = undoing.data;
    shopify.toast.show(error ?? "Attached again", { isError: error !== null });
  }, [undoing.state, undoing.data, shopify]);

  return {
    submit(attachment: Attached) {
      detached.current = attachment;
      submitDetach({ attachmentId: attachment.id, productTitle }, { method: "post", action: "/app/products/detach" });
    },
    isDetaching: (attachmentId: string) => detaching.formData?.get("attachmentId") === attachmentId,
  };
}

function fieldsOf({ id, productId, variantId, thing }: Attached): Record<string, string> {
  return {
    productIds: productId,
    likeAttachmentId: id,
    assetIds: thing.kind === "keys" ? "" : thing.assetId,
    poolIds: thing.kind === "keys" ? thing.poolId : "",
    keysPerUnit: String(thing.kind === "keys" ? thing.keysPerUnit : 1),
    ...(variantId && { variantIds: variantId }),
  };
}
