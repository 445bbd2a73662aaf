import type { LoaderFunctionArgs } from "@remix-run/node";
import { answerByToken, askedHeldLicense } from "~/http/api/asked-by-token.server";
import { findLicense } from "~/http/api/back-end-calls";

export function loader(args: LoaderFunctionArgs) {
  return answerByToken(findLicense, args, async ({ params }, caller, now) => {
    return askedHeldLicense(caller, params.licenseId, now);
  });
}

export const action = loader;
