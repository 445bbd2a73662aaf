import type { ActionFunctionArgs } from "@remix-run/node";
import { restoreLicense as restore, type RestoreLicenseRefusal } from "~/domain/license/restore-license.server";
import { apiError } from "~/http/api/answer-api.server";
import { answerByToken, askedHeldLicense, unknownLicense } from "~/http/api/asked-by-token.server";
import { restoreLicense } from "~/http/api/back-end-calls";

const refusals: Record<RestoreLicenseRefusal, () => Response> = {
  unknown_license: unknownLicense,
  order_does_not_cover: () => apiError(409, "order_does_not_cover", "The order of this license pays for it no more."),
};

export function action(args: ActionFunctionArgs) {
  return answerByToken(restoreLicense, args, async ({ params: { licenseId } }, caller, now) => {
    const result = await restore({ shopId: caller.shopId, licenseId, actor: caller.actor });
    if (result.kind === "refused") throw refusals[result.reason]();

    return askedHeldLicense(caller, licenseId, now);
  });
}

export const loader = action;
