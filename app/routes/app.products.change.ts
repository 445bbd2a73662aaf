import { json, type ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { changeAttachment, type ChangeAttachmentRefusal } from "~/domain/attachment/change-attachment.server";
import { Terms } from "~/domain/attachment/terms";
import { readForm } from "~/http/form";
import { requireShop } from "~/http/require-shop.server";
import type { ChangeAnswer } from "~/ui/change-answer";

const Which = z.object({ attachmentId: z.string(), productTitle: z.string().max(255).optional() });

const refusalText: Record<ChangeAttachmentRefusal, string> = {
  unknown_attachment: "This is not attached any more.",
  detached: "This was changed or detached meanwhile. Close this and look again.",
  not_media: "Only audio and video files can be played on the page.",
};

export async function action({ request }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const which = await readForm(request.clone(), Which);
  if (!which.ok) return json(refused(refusalText.unknown_attachment), 422);
  const form = await readForm(request, Terms);
  if (!form.ok) return json<ChangeAnswer>({ kind: "refused", errors: form.errors, message: null }, 422);

  const change = { ...which.fields, terms: form.fields, actor: shop.actor, now: new Date() };
  const result = await changeAttachment({ shopId: shop.id, ...change });
  if (result.kind === "refused") return json(refused(refusalText[result.reason]), 409);

  return json<ChangeAnswer>({ kind: "changed" });
}

function refused(message: string): ChangeAnswer {
  return { kind: "refused", errors: {}, message };
}
