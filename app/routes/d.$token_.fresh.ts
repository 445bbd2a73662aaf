import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { findPage } from "~/domain/page/find-page.server";
import { sendFreshLink } from "~/domain/page/send-fresh-link.server";
import { answerPage, answerVisitor, seeOther } from "~/http/page-answer.server";
import { freshLinkAsked, somethingBroke } from "~/ui/page/notices";
import { closedPage } from "~/ui/page/order-page";
import { voiceFor } from "~/ui/page/voice";

export function loader({ params: { token = "" } }: LoaderFunctionArgs) {
  return seeOther(`/d/${encodeURIComponent(token)}`);
}

/** Sends a fresh link to the order's own address; the answer is the same whether one was sent or not. */
export function action({ request, params: { token = "" } }: ActionFunctionArgs) {
  return answerVisitor(
    async () => {
      const now = new Date();
      const page = await findPage(token, now);
      if (page?.state === "open") return seeOther(`/d/${token}`);

      const voice = voiceFor(request, page?.order.locale ?? null);
      if (page?.state !== "expired") return answerPage(closedPage(page, voice, token));

      await sendFreshLink(page.shopId, page.order.id, now);
      return answerPage(freshLinkAsked(page.shop, voice));
    },
    () => somethingBroke(voiceFor(request, null)),
  );
}
