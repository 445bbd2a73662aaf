import type { ActionFunctionArgs } from "@remix-run/node";
import { deactivate } from "~/domain/activation/deactivate.server";
import { licenseView } from "~/domain/license/license-view";
import { answerApi } from "~/http/api/answer-api.server";
import { askedLicense, licenseRefusal, throttleCaller } from "~/http/api/asked-license.server";
import { deactivateLicense } from "~/http/api/license-calls";

export function action(args: ActionFunctionArgs) {
  return answerApi(
    deactivateLicense,
    args,
    async ({ request, body }) => {
      const now = new Date();
      const asked = await askedLicense(request, body);
      const { shop, license, actor } = asked;
      const input = { shopId: shop.id, license, fingerprint: body.fingerprint, actor };
      if (asked.isTypoCertain) throw await licenseRefusal(asked, "unknown_key", now);
      const result = await deactivate(input);
      if (result.kind === "refused") throw await licenseRefusal(asked, result.reason, now);

      return { license: licenseView(result.license, now) };
    },
    { guard: throttleCaller },
  );
}

export const loader = action;
