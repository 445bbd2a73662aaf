import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { freeActivation, type FreeRefusal } from "~/domain/activation/free-activation.server";
import { callerOf } from "~/http/caller";
import { answerExtension, corsError, corsJson } from "~/http/cors";
import { readJson } from "~/http/read-json";
import { refusalStatus } from "~/http/refusal-status";
import { requireCustomer } from "~/http/require-customer.server";

const FreeRequest = z.object({
  activationId: z.uuid("activationId must be the id of an activation"),
  checkout: z.string().max(500).nullish(),
});

const refusalText: Record<FreeRefusal, string> = {
  not_found: "There is no such machine, or it is not yours.",
  paused: "The shop paused this machine, so only the shop can free its place.",
  frees_off: "Only the shop can free a place. Contact it if you changed machines.",
  frees_used: "You have freed as many places as the shop allows for now.",
};

export function loader({ request }: LoaderFunctionArgs) {
  return answerExtension(request, async () => corsError(405, "method_not_allowed", "Free a place with POST."));
}

/** Frees the place of a machine for its customer, within what the shop allows. */
export function action({ request }: ActionFunctionArgs) {
  return answerExtension(request, async () => {
    const { shopId, customerId } = await requireCustomer(request);
    const body = await readJson(request, FreeRequest);
    if (!body.ok) return corsError(422, "bad_request", body.message);

    const { activationId, checkout } = body.fields;
    const proof = { customerId, checkoutToken: checkout ?? null };
    const result = await freeActivation({ shopId, activationId, proof, caller: callerOf(request), now: new Date() });
    if (result.kind === "freed") return corsJson({ freesLeft: result.frees.left, nextFreeAt: result.frees.nextAt });

    const status = refusalStatus(result.reason);
    const message = refusalText[result.reason];
    const nextAt = result.frees?.nextAt;
    return corsError(status, result.reason, nextAt ? `${message} The next is possible on ${dayOf(nextAt)}.` : message);
  });
}

function dayOf(moment: Date): string {
  return moment.toLocaleDateString("en", { dateStyle: "long", timeZone: "UTC" });
}
