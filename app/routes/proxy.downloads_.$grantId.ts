import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { startDownload } from "~/domain/download/start-download.server";
import { pageShopOf } from "~/domain/page/page-shop";
import { requireProxyVisitor } from "~/http/app-proxy.server";
import { callerOf } from "~/http/caller";
import { answerPage, answerVisitor, seeOther } from "~/http/page-answer.server";
import { signedOutPage } from "~/ui/page/customer-page";
import { downloadReady, downloadRefused, somethingBroke } from "~/ui/page/notices";
import { downloadRefusal } from "~/ui/page/refusal-text";
import { voiceFor } from "~/ui/page/voice";

export async function loader({ request }: LoaderFunctionArgs) {
  const { path } = await requireProxyVisitor(request, new Date());
  return seeOther(path);
}

/**
 * Starts a download from the storefront's page.
 *
 * Answers a page that goes on to the file: whether Shopify hands a redirect to the browser, or follows it and
 * carries the bytes itself, is nowhere promised.
 */
export function action({ request, params: { grantId = "" } }: ActionFunctionArgs) {
  const voice = voiceFor(request, null);
  return answerVisitor(
    async () => {
      const now = new Date();
      const { shop, customerId, path } = await requireProxyVisitor(request, now);
      const pageShop = pageShopOf(shop);
      if (!customerId) return answerPage(signedOutPage(pageShop, voice, path));

      const caller = callerOf(request);
      const browser = `customer ${customerId} ${caller.userAgent}`; // Shopify passes no cookies on
      const proof = { customerId, checkoutToken: null };
      const result = await startDownload({ shopId: shop.id, grantId, proof, caller, browser, now });
      if (result.kind === "refused")
        return answerPage(downloadRefused(pageShop, voice, downloadRefusal(result.reason), path));
      return answerPage(downloadReady(pageShop, voice, result.url, path));
    },
    () => somethingBroke(voice),
  );
}
