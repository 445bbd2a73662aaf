import type { LoaderFunctionArgs } from "@remix-run/node";
import { STREAM_TTL_SECONDS } from "~/domain/download/start-stream.server";
import { findPage } from "~/domain/page/find-page.server";
import { listPageOrders } from "~/domain/page/list-page-orders.server";
import { env } from "~/env.server";
import { browserCookie } from "~/http/browser";
import { answerPage, answerVisitor } from "~/http/page-answer.server";
import { somethingBroke } from "~/ui/page/notices";
import { closedPage, openPage } from "~/ui/page/order-page";
import { voiceFor } from "~/ui/page/voice";

/**
 * The page of a delivery. GET and HEAD change nothing, whoever sends them.
 *
 * A route without a component, so that Remix neither adds its scripts nor refuses the page's forms: they carry
 * `Origin: null`, as the page tells nobody its address.
 */
export function loader({ request, params: { token = "" } }: LoaderFunctionArgs) {
  return answerVisitor(
    async () => {
      const now = new Date();
      const page = await findPage(token, now);
      const voice = voiceFor(request, page?.order.locale ?? null);
      if (page?.state !== "open") return answerPage(closedPage(page, voice, token));

      const orders = await listPageOrders(page.shopId, [page.order], now);
      const done = new URL(request.url).searchParams.get("done");
      const sheet = openPage({ page, orders, voice, token, streamSeconds: STREAM_TTL_SECONDS, done });
      return answerPage(sheet, browserCookie(request, env.SHOPIFY_APP_URL));
    },
    () => somethingBroke(voiceFor(request, null)),
  );
}
