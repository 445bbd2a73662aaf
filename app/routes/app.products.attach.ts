import { json, type ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { attach, type AttachRefusal } from "~/domain/attachment/attach.server";
import { isProductId } from "~/domain/attachment/product-id";
import { MAX_KEYS_PER_UNIT } from "~/domain/attachment/terms";
import { findProduct } from "~/gateways/shopify/find-product.server";
import { listProductsById } from "~/gateways/shopify/list-products.server";
import { ShopifyUnavailable } from "~/gateways/shopify/shopify-unavailable";
import { readForm } from "~/http/form";
import { requireShop } from "~/http/require-shop.server";
import type { AttachAnswer } from "~/ui/attach-choices";

const MAX_PRODUCTS = 250;

const ids = z.string().transform((text) => text.split(",").filter(Boolean));

/** Lists are joined by commas; without `variantIds` the whole of each product is meant. */
const AttachForm = z.object({
  productIds: ids.refine((productIds) => productIds.length > 0 && productIds.length <= MAX_PRODUCTS),
  variantIds: ids.optional(),
  assetIds: ids,
  poolIds: ids,
  keysPerUnit: z.coerce.number().default(1),
  /** Undoing a detachment takes its terms over. */
  likeAttachmentId: z.uuid().optional(),
});
type AttachForm = z.infer<typeof AttachForm>;

type Shop = Awaited<ReturnType<typeof requireShop>>;

const refusalText: Record<AttachRefusal, string> = {
  nothing_chosen: "Choose at least one file, link or key pool, and where to attach it.",
  bad_product_id: "This is not one of your products.",
  bad_variant_id: "This is not one of the product's variants.",
  bad_keys_per_unit: `Enter a whole number of keys from 1 to ${MAX_KEYS_PER_UNIT}.`,
  unknown_asset: "One of these files or links no longer exists. Nothing was attached.",
  unknown_pool: "One of these key pools no longer exists. Nothing was attached.",
  unfinished_upload: "One of these files is still being uploaded. Nothing was attached.",
  archived: "One of these is archived. Take it out of the archive first. Nothing was attached.",
};

/** Attaches to one product or its variants, or to several products as a whole. */
export async function action({ request }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const form = await readForm(request, AttachForm);
  if (!form.ok) return refused("Choose products first, at most 250 at once.", 422);

  try {
    const titles = await titlesOf(shop, form.fields);
    if (!titles) return refused("This product or variant no longer exists in your store. Nothing was attached.", 404);
    return await attachToAll(shop, form.fields, titles);
  } catch (error) {
    if (error instanceof ShopifyUnavailable) {
      return refused("Shopify did not answer, so nothing was attached. Try again in a moment.", 503);
    }
    throw error;
  }
}

/** The products' titles by gid; null unless all of them, and the variants, are in the shop. */
async function titlesOf({ admin }: Shop, { productIds, variantIds }: AttachForm): Promise<Map<string, string> | null> {
  if (!productIds.every(isProductId)) return null;
  if (!variantIds) {
    const products = await listProductsById(admin, productIds);
    const isComplete = productIds.every((productId) => products.has(productId));
    return isComplete ? new Map([...products].map(([id, { title }]) => [id, title])) : null;
  }

  const [productId = "", ...others] = productIds;
  const product = others.length === 0 ? await findProduct(admin, productId) : null;
  const known = new Set(product?.variants.map(({ id }) => id));
  return product && variantIds.every((id) => known.has(id)) ? new Map([[product.id, product.title]]) : null;
}

async function attachToAll(shop: Shop, fields: AttachForm, titles: Map<string, string>) {
  const { assetIds, poolIds, keysPerUnit, likeAttachmentId, variantIds = null } = fields;
  const asked = { variantIds, assetIds, poolIds, keysPerUnit, likeAttachmentId };
  const things = { ...asked, shopId: shop.id, actor: shop.actor, now: new Date() };

  let added = 0;
  for (const [productId, productTitle] of titles) {
    const result = await attach({ ...things, productId, productTitle });
    if (result.kind === "refused") return refused(refusalText[result.reason], 409);
    added += result.added;
  }
  return json<AttachAnswer>({ added, error: null });
}

function refused(error: string, status: number) {
  return json<AttachAnswer>({ added: null, error }, status);
}
