import type { ActionFunctionArgs } from "@remix-run/node";
import { markSeen } from "~/domain/activation/mark-seen.server";
import { licenseView } from "~/domain/license/license-view";
import { signLicense } from "~/domain/license/sign-license.server";
import { validate } from "~/domain/license/validate.server";
import { answerApi } from "~/http/api/answer-api.server";
import { askedLicense, noteUnknownKey, throttleCaller, unknownKey } from "~/http/api/asked-license.server";
import { validateLicense } from "~/http/api/license-calls";

export function action(args: ActionFunctionArgs) {
  return answerApi(
    validateLicense,
    args,
    async ({ request, body }) => {
      const now = new Date();
      const asked = await askedLicense(request, body);
      const { fingerprint = null, product = null } = body;
      const { shop } = asked;
      const input = { shopId: shop.id, keyHashes: asked.license.keyHashes, fingerprint, product, now };
      const { reason, license } = asked.isTypoCertain ? { reason: null, license: null } : await validate(input);
      if (!license) {
        await noteUnknownKey(asked, now);
        return { valid: false, reason: unknownKey(asked).code, license: null, offline: null };
      }
      const view = licenseView(license, now);
      if (reason || fingerprint === null) return { valid: !reason, reason, license: view, offline: null };

      if (license.activation) await markSeen(license.activation, now);
      return { valid: true, reason, license: view, offline: await signLicense(shop, license, fingerprint, now) };
    },
    { guard: throttleCaller },
  );
}

export const loader = action;
