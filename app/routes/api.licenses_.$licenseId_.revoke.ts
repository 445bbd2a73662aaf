import type { ActionFunctionArgs } from "@remix-run/node";
import { revokeLicense as revoke } from "~/domain/license/revoke-license.server";
import { answerByToken, askedHeldLicense, unknownLicense } from "~/http/api/asked-by-token.server";
import { revokeLicense } from "~/http/api/back-end-calls";

export function action(args: ActionFunctionArgs) {
  return answerByToken(revokeLicense, args, async ({ params: { licenseId } }, caller, now) => {
    const { license } = await askedHeldLicense({ ...caller, withKeys: false }, licenseId, now);
    const result = await revoke({ shopId: caller.shopId, licenseId, actor: caller.actor, now });
    if (result.kind === "refused") throw unknownLicense();

    // Read before: a key that its customer never saw may have gone back to its pool, and is no license any more.
    return { license: { ...license, state: "revoked" as const } };
  });
}

export const loader = action;
