import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { showKey } from "~/domain/license/show-key.server";
import { pageShopOf } from "~/domain/page/page-shop";
import { requireProxyVisitor } from "~/http/app-proxy.server";
import { answerPage, answerVisitor, seeOther } from "~/http/page-answer.server";
import { signedOutPage } from "~/ui/page/customer-page";
import { done, notDone, somethingBroke } from "~/ui/page/notices";
import { keyRefusal } from "~/ui/page/refusal-text";
import { voiceFor } from "~/ui/page/voice";

export async function loader({ request }: LoaderFunctionArgs) {
  const { path } = await requireProxyVisitor(request, new Date());
  return seeOther(path);
}

/** The customer asks to see a key: from now on it stands on the storefront's page. */
export function action({ request, params: { grantId = "" } }: ActionFunctionArgs) {
  const voice = voiceFor(request, null);
  return answerVisitor(
    async () => {
      const now = new Date();
      const { shop, customerId, path } = await requireProxyVisitor(request, now);
      const pageShop = pageShopOf(shop);
      if (!customerId) return answerPage(signedOutPage(pageShop, voice, path));

      const proof = { customerId, checkoutToken: null };
      const result = await showKey({ shopId: shop.id, grantId, proof, now });
      if (result.kind === "refused") return answerPage(notDone(pageShop, voice, keyRefusal(result.reason), path));
      return answerPage(done(pageShop, voice, "revealed", path));
    },
    () => somethingBroke(voice),
  );
}
