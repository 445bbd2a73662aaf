import { json, type ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { detach, type DetachRefusal } from "~/domain/attachment/detach.server";
import { readForm } from "~/http/form";
import { requireShop } from "~/http/require-shop.server";

const DetachForm = z.object({ attachmentId: z.string(), productTitle: z.string().max(255).optional() });

const refusalText: Record<DetachRefusal, string> = {
  nothing_chosen: "Choose what to detach.",
  unknown_attachment: "This was not attached.",
};

export async function action({ request }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const form = await readForm(request, DetachForm);
  if (!form.ok) return json({ error: refusalText.nothing_chosen }, 422);

  const { attachmentId, productTitle } = form.fields;
  const input = { shopId: shop.id, attachmentIds: [attachmentId], productTitle, actor: shop.actor, now: new Date() };
  const result = await detach(input);
  if (result.kind === "refused") return json({ error: refusalText[result.reason] }, 404);

  return json({ error: null });
}
