import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { checkSender } from "~/domain/delivery/check-sender.server";
import { saveSender } from "~/domain/delivery/save-sender.server";
import { SenderSettings } from "~/domain/delivery/sender-settings";
import { defaultSender } from "~/gateways/mailer/address.server";
import { readForm } from "~/http/form";
import { requireShop } from "~/http/require-shop.server";
import { senderFieldsOf, type SenderAnswer } from "./sender-answer";
import { SenderForm } from "./sender-form";

const Intent = z.object({ intent: z.enum(["save", "check"]) });

const CheckForm = z.object({
  selector: z
    .string()
    .trim()
    .regex(/^[a-z0-9_-]{0,63}(\.[a-z0-9_-]{1,63}){0,5}$/i, "A selector has letters, digits, hyphens and dots")
    .transform((selector) => selector || null),
});

export const meta = () => [{ title: "Sender and look – Featherpost" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await requireShop(request);

  return json({ saved: senderFieldsOf(shop), defaultSender });
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const intent = await readForm(request.clone(), Intent);
  if (!intent.ok) return answer({ kind: "refused", errors: intent.errors }, 422);

  if (intent.fields.intent === "save") {
    const form = await readForm(request, SenderSettings);
    if (!form.ok) return answer({ kind: "refused", errors: form.errors }, 422);
    await saveSender({ shopId: shop.id, settings: form.fields, actor: shop.actor });
    return answer({ kind: "saved" });
  }

  const form = await readForm(request, CheckForm);
  if (!form.ok) return answer({ kind: "refused", errors: form.errors }, 422);
  const address = shop.senderAddress ?? defaultSender;
  const check = await checkSender(address, form.fields.selector);
  if (check) return answer({ kind: "checked", check });
  return answer({ kind: "refused", errors: { selector: [`${address} has no domain that could be looked up.`] } }, 422);
}

function answer(body: SenderAnswer, status = 200) {
  return json<SenderAnswer>(body, status);
}

export default function SenderPage() {
  return <SenderForm {...useLoaderData<typeof loader>()} />;
}
