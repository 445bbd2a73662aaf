import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect, useRef } from "react";
import type { PoolAnswer } from "./pool-answer";

type Options = {
  /** Where it is sent; without one, to the page itself. */
  action?: string;
  /** Called once it is done, to close what asked for it. */
  onDone?: () => void;
  /** Offered with the word that it was done. */
  onUndo?: () => void;
};

/** Sends one of the page's actions; says in a toast that it was done. */
export function usePoolAction({ action, onDone, onUndo }: Options = {}) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<PoolAnswer>();
  const { data, state } = fetcher;

  const told = useRef<PoolAnswer | undefined>(undefined);

  useEffect(() => {
    if (data?.kind !== "done" || told.current === data) return;
    told.current = data;
    shopify.toast.show(data.message, onUndo && { action: "Undo", onAction: onUndo });
    onDone?.();
  }, [data, shopify, onDone, onUndo]);

  return {
    submit: (fields: Record<string, string>) => fetcher.submit(fields, { method: "post", action }),
    isBusy: state !== "idle",
    errors: data?.kind === "refused" ? data.errors : {},
    found: data?.kind === "found" ? data.keys : null,
  };
}
