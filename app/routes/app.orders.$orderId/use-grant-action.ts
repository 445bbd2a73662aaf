import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect } from "react";
import type { GrantAnswer } from "./grant-answer";

/**
 * Sends one action on a grant; says in a toast that it was done.
 *
 * @param onDone  called then, to close what asked for it
 */
export function useGrantAction(onDone?: () => void) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<GrantAnswer>();
  const { data, state } = fetcher;

  useEffect(() => {
    if (data?.kind !== "done") return;
    shopify.toast.show(data.message);
    onDone?.();
  }, [data, shopify, onDone]);

  return {
    submit: (fields: Record<string, string>) => fetcher.submit(fields, { method: "post" }),
    isBusy: state !== "idle",
    refusal: data?.kind === "refused" ? data : null,
    key: data?.kind === "key" ? data.text : null,
  };
}
