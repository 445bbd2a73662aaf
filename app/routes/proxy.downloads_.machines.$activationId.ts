import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { tendMachine } from "~/domain/activation/tend-machine.server";
import { pageShopOf } from "~/domain/page/page-shop";
import { requireProxyVisitor } from "~/http/app-proxy.server";
import { callerOf } from "~/http/caller";
import { formFields } from "~/http/form";
import { answerPage, answerVisitor, seeOther } from "~/http/page-answer.server";
import { signedOutPage } from "~/ui/page/customer-page";
import { machineRefusal } from "~/ui/page/machine-refusal";
import { done, notDone, somethingBroke } from "~/ui/page/notices";
import { voiceFor } from "~/ui/page/voice";

export async function loader({ request }: LoaderFunctionArgs) {
  const { path } = await requireProxyVisitor(request, new Date());
  return seeOther(path);
}

/** The customer names a machine, or frees its place, on the storefront's page. */
export function action({ request, params: { activationId = "" } }: ActionFunctionArgs) {
  const voice = voiceFor(request, null);
  return answerVisitor(
    async () => {
      const now = new Date();
      const { shop, customerId, path } = await requireProxyVisitor(request, now);
      const pageShop = pageShopOf(shop);
      if (!customerId) return answerPage(signedOutPage(pageShop, voice, path));

      const form = await formFields(request);
      const proof = { customerId, checkoutToken: null };
      const result = await tendMachine({ shopId: shop.id, activationId, form, proof, caller: callerOf(request), now });
      if (result.kind === "refused") return answerPage(notDone(pageShop, voice, machineRefusal(result, voice), path));
      return answerPage(done(pageShop, voice, result.kind, path));
    },
    () => somethingBroke(voice),
  );
}
