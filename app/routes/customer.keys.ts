import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { showKey, type ShowKeyRefusal } from "~/domain/license/show-key.server";
import { answerExtension, corsError, corsJson } from "~/http/cors";
import { readJson } from "~/http/read-json";
import { refusalStatus } from "~/http/refusal-status";
import { requireCustomer } from "~/http/require-customer.server";

const KeyRequest = z.object({
  grantId: z.uuid("grantId must be the id of a grant"),
  checkout: z.string().max(500).nullish(),
});

const refusalText: Record<ShowKeyRefusal, string> = {
  not_found: "There is no such key, or it is not yours.",
  waiting: "Your key is on its way. It will appear here as soon as the shop has one.",
  held: "This order is being checked. Your key opens once that is done.",
  revoked: "This key was taken back. Contact the shop if you think that is wrong.",
  expired: "The time for this key is over. Contact the shop to get it again.",
};

export function loader({ request }: LoaderFunctionArgs) {
  return answerExtension(request, async () => corsError(405, "method_not_allowed", "Reveal a key with POST."));
}

/** Reveals a key to its customer; the first time is recorded. */
export function action({ request }: ActionFunctionArgs) {
  return answerExtension(request, async () => {
    const { shopId, customerId } = await requireCustomer(request);
    const body = await readJson(request, KeyRequest);
    if (!body.ok) return corsError(422, "bad_request", body.message);

    const { grantId, checkout } = body.fields;
    const proof = { customerId, checkoutToken: checkout ?? null };
    const result = await showKey({ shopId, grantId, proof, now: new Date() });
    if (result.kind === "shown") return corsJson({ key: result.key });
    return corsError(refusalStatus(result.reason), result.reason, refusalText[result.reason]);
  });
}
