import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { startDownload } from "~/domain/download/start-download.server";
import { STREAM_TTL_SECONDS } from "~/domain/download/start-stream.server";
import { findPage } from "~/domain/page/find-page.server";
import { listPageOrders } from "~/domain/page/list-page-orders.server";
import { markKeysSeen } from "~/domain/page/mark-keys-seen.server";
import { browserOf } from "~/http/browser";
import { callerOf } from "~/http/caller";
import { answerPage, answerVisitor, seeOther } from "~/http/page-answer.server";
import { somethingBroke } from "~/ui/page/notices";
import { closedPage, openPage } from "~/ui/page/order-page";
import { downloadRefusal } from "~/ui/page/refusal-text";
import { voiceFor } from "~/ui/page/voice";

/** Whoever opens or reloads the address of a download sees its page. */
export function loader({ params: { token = "" } }: LoaderFunctionArgs) {
  return seeOther(`/d/${encodeURIComponent(token)}`);
}

/** Starts a download and sends the browser to the file; a refusal shows the page with its sentence. */
export function action({ request, params: { token = "", grantId = "" } }: ActionFunctionArgs) {
  return answerVisitor(
    async () => {
      const now = new Date();
      const page = await findPage(token, now);
      const voice = voiceFor(request, page?.order.locale ?? null);
      if (page?.state !== "open") return answerPage(closedPage(page, voice, token));

      const { shopId, order } = page;
      await markKeysSeen(shopId, [order.id], now);
      const proof = { orderId: order.id };
      const caller = callerOf(request);
      const result = await startDownload({ shopId, grantId, proof, caller, browser: browserOf(request), now });
      if (result.kind === "started") return seeOther(result.url);

      const orders = await listPageOrders(shopId, [order], now);
      const refused = downloadRefusal(result.reason);
      return answerPage(openPage({ page, orders, voice, token, streamSeconds: STREAM_TTL_SECONDS, refused }));
    },
    () => somethingBroke(voiceFor(request, null)),
  );
}
