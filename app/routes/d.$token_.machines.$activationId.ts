import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { tendMachine } from "~/domain/activation/tend-machine.server";
import { STREAM_TTL_SECONDS } from "~/domain/download/start-stream.server";
import { findPage } from "~/domain/page/find-page.server";
import { listPageOrders } from "~/domain/page/list-page-orders.server";
import { callerOf } from "~/http/caller";
import { formFields } from "~/http/form";
import { answerPage, answerVisitor, seeOther } from "~/http/page-answer.server";
import { machineRefusal } from "~/ui/page/machine-refusal";
import { somethingBroke } from "~/ui/page/notices";
import { closedPage, openPage } from "~/ui/page/order-page";
import { voiceFor } from "~/ui/page/voice";

export function loader({ params: { token = "" } }: LoaderFunctionArgs) {
  return seeOther(`/d/${encodeURIComponent(token)}`);
}

/** The customer names a machine, or frees its place. */
export function action({ request, params: { token = "", activationId = "" } }: ActionFunctionArgs) {
  return answerVisitor(
    async () => {
      const now = new Date();
      const page = await findPage(token, now);
      const voice = voiceFor(request, page?.order.locale ?? null);
      if (page?.state !== "open") return answerPage(closedPage(page, voice, token));

      const { shopId, order } = page;
      const form = await formFields(request);
      const proof = { orderId: order.id };
      const result = await tendMachine({ shopId, activationId, form, proof, caller: callerOf(request), now });
      if (result.kind !== "refused") return seeOther(`/d/${encodeURIComponent(token)}?done=${result.kind}`);

      const orders = await listPageOrders(shopId, [order], now);
      const refused = machineRefusal(result, voice);
      return answerPage(openPage({ page, orders, voice, token, streamSeconds: STREAM_TTL_SECONDS, refused }));
    },
    () => somethingBroke(voiceFor(request, null)),
  );
}
