import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { findTemplate } from "~/domain/delivery/find-template.server";
import { isDeliveryKind } from "~/domain/delivery/kinds";
import { isMailLocale } from "~/domain/delivery/locales";
import { listPreviewOrders, previewMessage } from "~/domain/delivery/preview-message.server";
import { resetTemplate } from "~/domain/delivery/reset-template.server";
import { saveTemplate } from "~/domain/delivery/save-template.server";
import { sendTest } from "~/domain/delivery/send-test.server";
import { composeMail } from "~/emails/compose-mail";
import { defaultTemplate } from "~/emails/default-template";
import { readForm } from "~/http/form";
import { requireShop } from "~/http/require-shop.server";
import { notFound } from "~/http/uuid-param";
import type { MessageAnswer } from "./message-answer";
import { MessageEditor } from "./message-editor";

const MAX_FIELD = 60_000; // more than a template may have, for the editor to say so

const template = {
  subject: z.string().max(MAX_FIELD, "This is too long"),
  body: z.string().max(MAX_FIELD, "This is too long"),
};
const orderId = z
  .union([z.literal("").transform(() => null), z.uuid()])
  .optional()
  .transform((id) => id ?? null);

const MessageForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("save"), ...template }),
  z.object({ intent: z.literal("reset") }),
  z.object({ intent: z.literal("preview"), ...template, orderId }),
  z.object({
    intent: z.literal("test"),
    ...template,
    orderId,
    to: z.email("Enter an email address, such as you@example.com"),
  }),
]);

export const meta = () => [{ title: "Message – Featherpost" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const { kind, locale } = messageOf(params);
  const [edited, orders] = await Promise.all([findTemplate(shop.id, kind, locale), listPreviewOrders(shop.id)]);
  const saved = edited ?? defaultTemplate(kind, locale);
  const { message, pageUrl } = await previewMessage({
    shopId: shop.id,
    kind,
    locale,
    orderId: orders[0]?.id ?? null,
    now: new Date(),
  });

  return json({
    kind,
    locale,
    saved,
    isEdited: edited !== null,
    orders,
    preview: composeMail(message, saved, pageUrl),
    testAddress: shop.supportAddress ?? "",
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const target = { shopId: shop.id, ...messageOf(params) };
  const form = await readForm(request, MessageForm);
  if (!form.ok) return answer({ kind: "refused", errors: form.errors }, 422);

  const { fields } = form;
  if (fields.intent === "reset") {
    await resetTemplate({ ...target, actor: shop.actor });
    return answer({
      kind: "saved",
      template: defaultTemplate(target.kind, target.locale),
      message: "Default restored",
    });
  }
  const { subject, body } = fields;
  if (fields.intent === "save") {
    const result = await saveTemplate({ ...target, template: { subject, body }, actor: shop.actor });
    if (result.kind === "refused") return answer({ kind: "mistaken", mistake: result.mistake }, 422);
    return answer({ kind: "saved", template: { subject, body }, message: "Message saved" });
  }

  const { message, pageUrl } = await previewMessage({ ...target, orderId: fields.orderId, now: new Date() });
  const composed = composeMail(message, { subject, body }, pageUrl);
  if (composed.kind === "mistaken") return answer(composed, fields.intent === "preview" ? 200 : 422);
  if (fields.intent === "preview") return answer({ kind: "previewed", mail: composed.mail });

  const result = await sendTest({ shopId: shop.id, to: fields.to, mail: composed.mail });
  if (result.kind === "sent") return answer({ kind: "tested", message: `Sent to ${fields.to}` });
  return answer({ kind: "refused", errors: { to: [`It was not sent. ${result.problem}`] } }, 502);
}

function answer(body: MessageAnswer, status = 200) {
  return json<MessageAnswer>(body, status);
}

function messageOf({ kind, locale }: LoaderFunctionArgs["params"]) {
  if (!isDeliveryKind(kind) || !isMailLocale(locale)) throw notFound();
  return { kind, locale };
}

export default function MessagePage() {
  const loaded = useLoaderData<typeof loader>();

  return <MessageEditor key={`${loaded.kind} ${loaded.locale}`} {...loaded} />;
}
