import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect } from "react";
import type { FormErrors } from "~/http/form";
import type { AssetAnswer } from "./asset-answer";

const none: FormErrors = {};

/** Asks this page's action for something; success is told in a toast, refusals are `errors`. */
export function useAssetAction() {
  const shopify = useAppBridge();
  const fetcher = useFetcher<AssetAnswer>();
  const answer = fetcher.data;
  const isBusy = fetcher.state !== "idle";

  useEffect(() => {
    if (answer?.kind === "done") shopify.toast.show(answer.message);
  }, [answer, shopify]);

  return {
    isBusy,
    errors: answer?.kind === "refused" && !isBusy ? answer.errors : none,
    submit: (fields: Record<string, string>) => fetcher.submit(fields, { method: "post" }),
  };
}
