import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { MachineName } from "~/domain/activation/machine";
import { nameActivation } from "~/domain/activation/name-activation.server";
import { callerOf } from "~/http/caller";
import { answerExtension, corsError, corsJson } from "~/http/cors";
import { readJson } from "~/http/read-json";
import { requireCustomer } from "~/http/require-customer.server";

const NameRequest = z.object({
  activationId: z.uuid("activationId must be the id of an activation"),
  name: MachineName,
  checkout: z.string().max(500).nullish(),
});

export function loader({ request }: LoaderFunctionArgs) {
  return answerExtension(request, async () => corsError(405, "method_not_allowed", "Name a machine with POST."));
}

/** Names a machine as its customer calls it. */
export function action({ request }: ActionFunctionArgs) {
  return answerExtension(request, async () => {
    const { shopId, customerId } = await requireCustomer(request);
    const body = await readJson(request, NameRequest);
    if (!body.ok) return corsError(422, "bad_request", body.message);

    const { activationId, name, checkout } = body.fields;
    const proof = { customerId, checkoutToken: checkout ?? null };
    const caller = callerOf(request);
    const result = await nameActivation({ shopId, activationId, name, proof, caller, now: new Date() });
    if (result.kind === "named") return corsJson({ name });
    return corsError(404, "not_found", "There is no such machine, or it is not yours.");
  });
}
