import { json, type ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { startDryRun } from "~/domain/bulk-run/start-dry-run.server";
import type { DryRunInput } from "~/domain/bulk-run/run-input";
import { isProductId, isVariantId } from "~/domain/attachment/product-id";
import { MAX_KEYS_PER_UNIT, Terms } from "~/domain/attachment/terms";
import { Policy } from "~/domain/shop/settings";
import { readForm } from "~/http/form";
import { requireShop } from "~/http/require-shop.server";
import type { DryRunAnswer } from "~/ui/runs/dry-run-answer";

const About = z.object({ about: z.enum(["settings", "attach", "attachment"]) });

const ids = z.string().transform((text) => text.split(",").filter(Boolean));

/** As the form that attaches sends it. */
const Attach = z.object({
  productIds: ids.refine((productIds) => productIds.length > 0 && productIds.every(isProductId)),
  variantIds: ids.refine((variantIds) => variantIds.length > 0 && variantIds.every(isVariantId)).optional(),
  assetIds: ids.pipe(z.array(z.uuid())),
  poolIds: ids.pipe(z.array(z.uuid())),
  keysPerUnit: z.coerce.number().int().min(1).max(MAX_KEYS_PER_UNIT),
});

const Attachment = z.object({ attachmentId: z.uuid(), title: z.string() });

/** Starts to try what a form would save. */
export async function action({ request }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const proposal = await readProposal(request);
  if (!proposal)
    return json<DryRunAnswer>(
      { runId: null, error: "Something in the form is missing or out of range. Mend that first." },
      422,
    );

  const runId = await startDryRun({ shopId: shop.id, proposal, actor: shop.actor, now: new Date() });
  return json<DryRunAnswer>({ runId, error: null });
}

async function readProposal(request: Request): Promise<DryRunInput | null> {
  const about = await readForm(request.clone(), About);
  if (!about.ok) return null;

  if (about.fields.about === "settings") {
    const form = await readForm(request, Policy);
    return form.ok ? { about: "settings", policy: form.fields } : null;
  }
  if (about.fields.about === "attach") {
    const form = await readForm(request, Attach);
    return form.ok ? toAttach(form.fields) : null;
  }
  const [which, terms] = [await readForm(request.clone(), Attachment), await readForm(request, Terms)];
  if (!which.ok || !terms.ok) return null;
  const { streamOnly: _stream, instructions: _text, ...decisive } = terms.fields;
  const { attachmentId, title } = which.fields;
  return { about: "attachment", titles: [title], attachmentId, ...decisive };
}

function toAttach({
  productIds,
  variantIds,
  assetIds,
  poolIds,
  keysPerUnit,
}: z.infer<typeof Attach>): DryRunInput | null {
  const places = productIds.flatMap((productId) => {
    return (variantIds ?? [null]).map((variantId) => ({ productId, variantId }));
  });
  const attachments = places.flatMap((place) => [
    ...assetIds.map((assetId) => ({ ...place, assetId, poolId: null, keysPerUnit: 1 })),
    ...poolIds.map((poolId) => ({ ...place, assetId: null, poolId, keysPerUnit })),
  ]);
  return attachments.length > 0 ? { about: "attach", titles: [], attachments } : null;
}
