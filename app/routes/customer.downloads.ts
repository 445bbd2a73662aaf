import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { startDownload, type DownloadRefusal } from "~/domain/download/start-download.server";
import { callerOf } from "~/http/caller";
import { answerExtension, corsError, corsJson } from "~/http/cors";
import { readJson } from "~/http/read-json";
import { refusalStatus } from "~/http/refusal-status";
import { requireCustomer } from "~/http/require-customer.server";

const DownloadRequest = z.object({
  grantId: z.uuid("grantId must be the id of a grant"),
  checkout: z.string().max(500).nullish(),
  /** Any text that the extension keeps for its browser: the same within 30 minutes is the same download. */
  browser: z.string().min(1).max(200).nullish(),
});

const refusalText: Record<DownloadRefusal, string> = {
  not_found: "There is no such download, or it is not yours.",
  waiting: "This is not ready yet. It will appear here as soon as it is.",
  held: "This order is being checked. Your downloads open once that is done.",
  revoked: "This download was taken back. Contact the shop if you think that is wrong.",
  expired: "The time for this download is over. Contact the shop to get it again.",
  limit_reached: "All downloads of this file are used. Contact the shop to get more.",
  stream_only: "This plays on its page and is not downloaded.",
  file_not_ready: "The shop is still uploading this file. Try again in a while.",
  storage_unavailable: "The file cannot be reached right now. Nothing was counted: try again soon.",
};

export function loader({ request }: LoaderFunctionArgs) {
  return answerExtension(request, async () => corsError(405, "method_not_allowed", "Start a download with POST."));
}

export function action({ request }: ActionFunctionArgs) {
  return answerExtension(request, async () => {
    const { shopId, customerId } = await requireCustomer(request);
    const body = await readJson(request, DownloadRequest);
    if (!body.ok) return corsError(422, "bad_request", body.message);

    const { grantId, checkout } = body.fields;
    const proof = { customerId, checkoutToken: checkout ?? null };
    const browser = body.fields.browser ?? null;
    const result = await startDownload({ shopId, grantId, proof, caller: callerOf(request), browser, now: new Date() });
    if (result.kind === "refused")
      return corsError(refusalStatus(result.reason), result.reason, refusalText[result.reason]);
    const { url, expiresInSeconds, downloadsLeft } = result;
    return corsJson({ url, expiresInSeconds, downloadsLeft });
  });
}
