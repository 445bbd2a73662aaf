import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { STREAM_TTL_SECONDS } from "~/domain/download/start-stream.server";
import { showKey } from "~/domain/license/show-key.server";
import { findPage } from "~/domain/page/find-page.server";
import { listPageOrders } from "~/domain/page/list-page-orders.server";
import { answerPage, answerVisitor, seeOther } from "~/http/page-answer.server";
import { somethingBroke } from "~/ui/page/notices";
import { closedPage, openPage } from "~/ui/page/order-page";
import { keyRefusal } from "~/ui/page/refusal-text";
import { voiceFor } from "~/ui/page/voice";

export function loader({ params: { token = "" } }: LoaderFunctionArgs) {
  return seeOther(`/d/${encodeURIComponent(token)}`);
}

/** The customer asks to see a key: from now on it stands on the page. */
export function action({ request, params: { token = "", grantId = "" } }: ActionFunctionArgs) {
  return answerVisitor(
    async () => {
      const now = new Date();
      const page = await findPage(token, now);
      const voice = voiceFor(request, page?.order.locale ?? null);
      if (page?.state !== "open") return answerPage(closedPage(page, voice, token));

      const { shopId, order } = page;
      const result = await showKey({ shopId, grantId, proof: { orderId: order.id }, now });
      if (result.kind === "shown") return seeOther(`/d/${encodeURIComponent(token)}#key-${grantId}`);

      const orders = await listPageOrders(shopId, [order], now);
      const refused = keyRefusal(result.reason);
      return answerPage(openPage({ page, orders, voice, token, streamSeconds: STREAM_TTL_SECONDS, refused }));
    },
    () => somethingBroke(voiceFor(request, null)),
  );
}
