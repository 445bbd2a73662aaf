import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect } from "react";
import type { PoolAnswer } from "./pool-answer";

/**
 * Sends one of the page's actions; says in a toast that it was done.
 *
 * @param onDone  called then, to close what asked for it
 */
export function usePoolAction(onDone?: () => void) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<PoolAnswer>();
  const { data, state } = fetcher;

  useEffect(() => {
    if (data?.kind !== "done") return;
    shopify.toast.show(data.message);
    onDone?.();
  }, [data, shopify, onDone]);

  return {
    submit: (fields: Record<string, string>) => fetcher.submit(fields, { method: "post" }),
    isBusy: state !== "idle",
    errors: data?.kind === "refused" ? data.errors : {},
    found: data?.kind === "found" ? { key: data.key } : null,
  };
}
