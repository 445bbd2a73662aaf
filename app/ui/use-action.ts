import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect } from "react";
import type { ActionAnswer } from "./action-answer";

/**
 * Sends one of the page's actions; says in a toast that it was done, with a way back where there is one.
 *
 * @param onDone  called then, to close what asked for it
 */
export function useAction(onDone?: () => void) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<ActionAnswer>();
  const undoing = useFetcher<ActionAnswer>({ key: "undo" });
  const { data, state } = fetcher;
  const { submit: undo } = undoing;

  useEffect(() => {
    if (data?.kind !== "done") return;
    const back = data.undo;
    const way = back && { action: "Undo", onAction: () => undo(back, { method: "post" }) };
    shopify.toast.show(data.message, way ?? undefined);
    onDone?.();
  }, [data, shopify, undo, onDone]);

  return {
    submit: (fields: Record<string, string>) => fetcher.submit(fields, { method: "post" }),
    isBusy: state !== "idle",
    refusal: data?.kind === "refused" ? data : null,
    key: data?.kind === "key" ? data.text : null,
  };
}
