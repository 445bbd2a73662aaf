import type { ActionFunctionArgs } from "@remix-run/node";
import { activate } from "~/domain/activation/activate.server";
import { licenseView } from "~/domain/license/license-view";
import { signLicense } from "~/domain/license/sign-license.server";
import { answerApi } from "~/http/api/answer-api.server";
import { askedLicense, licenseRefusal, throttleCaller } from "~/http/api/asked-license.server";
import { activateLicense } from "~/http/api/license-calls";

export function action(args: ActionFunctionArgs) {
  return answerApi(
    activateLicense,
    args,
    async ({ request, body }) => {
      const now = new Date();
      const asked = await askedLicense(request, body);
      const { fingerprint, name = null, product = null } = body;
      const { shop, license, actor } = asked;
      const input = { shopId: shop.id, license, fingerprint, name, product, actor, now };
      if (asked.isTypoCertain) throw await licenseRefusal(asked, "unknown_key", now);
      const result = await activate(input);
      if (result.kind === "refused") throw await licenseRefusal(asked, result.reason, now);

      const offline = await signLicense(shop, result.license, fingerprint, now);
      return { license: licenseView(result.license, now), offline };
    },
    { guard: throttleCaller },
  );
}

export const loader = action;
