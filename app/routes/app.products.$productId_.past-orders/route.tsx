import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { listAttachments } from "~/domain/attachment/list-attachments.server";
import { productIdFrom } from "~/domain/attachment/product-id";
import { findLastPastRun } from "~/domain/bulk-run/find-run.server";
import { previewPastOrders } from "~/domain/bulk-run/preview-past-orders.server";
import { MAX_NAMED_ORDERS, type WhichOrders } from "~/domain/bulk-run/run-input";
import { startPastOrders, type StartPastOrdersRefusal } from "~/domain/bulk-run/start-past-orders.server";
import { findProduct } from "~/gateways/shopify/find-product.server";
import { ShopifyUnavailable } from "~/gateways/shopify/shopify-unavailable";
import { readForm } from "~/http/form";
import { requireShop } from "~/http/require-shop.server";
import { notFound } from "~/http/uuid-param";
import { NotFound } from "~/ui/not-found";
import type { PastOrdersAnswer } from "./past-orders-answer";
import { PastOrdersPage } from "./past-orders-page";

const MAX_DAYS = 36_500;

const PastOrdersForm = z
  .object({
    intent: z.enum(["preview", "start"]),
    productTitle: z.string().max(255),
    attachmentIds: z.string().transform((text, context) => {
      const ids = text.split(",").filter(Boolean);
      if (ids.length === 0 || !ids.every((id) => z.uuid().safeParse(id).success)) {
        context.addIssue("Choose what to give");
      }
      return ids;
    }),
    kind: z.enum(["all", "dates", "names"]),
    from: z.string(),
    to: z.string(),
    names: z.string().transform((text) => [...new Set(text.split(/[\s,;]+/).filter(Boolean))]),
    tellsCustomers: z.stringbool(),
  })
  .superRefine(({ kind, from, to, names }, context) => {
    const say = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (kind === "names" && names.length === 0) say("names", "Enter at least one order, such as #1001");
    if (kind === "names" && names.length > MAX_NAMED_ORDERS) {
      say("names", `Enter at most ${MAX_NAMED_ORDERS.toLocaleString("en")} orders at once`);
    }
    if (kind !== "dates") return;
    for (const [path, moment] of [["from", from] as const, ["to", to] as const]) {
      if (!z.iso.datetime().safeParse(moment).success) say(path, "Choose a day");
    }
    const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
    if (days <= 0 || days > MAX_DAYS) say("to", "Choose a day that is not before the first one");
  });

const refusalText: Record<StartPastOrdersRefusal, string> = {
  nothing_chosen: "Choose what to give",
  unknown_attachment: "Some of this is not attached any more. Load the page again.",
};

export const meta = () => [{ title: "Also give to past orders – Featherpost" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const productId = productIdFrom(params.productId);
  if (!productId) throw notFound();

  const [attachments, lastRun, title] = await Promise.all([
    listAttachments(shop.id, [productId]),
    findLastPastRun(shop.id, productId),
    titleOf(shop.admin, productId),
  ]);
  if (attachments.length === 0) throw notFound();

  return json({ productId, title, attachments, lastRun });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const productId = productIdFrom(params.productId);
  if (!productId) throw notFound();
  const form = await readForm(request, PastOrdersForm);
  if (!form.ok) return answer({ kind: "refused", errors: form.errors }, 422);

  const { intent, productTitle, attachmentIds, tellsCustomers } = form.fields;
  const which = whichOf(form.fields);
  const now = new Date();
  if (intent === "preview") {
    return answer({ kind: "counted", preview: await previewPastOrders(shop.id, { attachmentIds, which }, now) });
  }

  const wish = { productId, productTitle, attachmentIds, which, tellsCustomers };
  const result = await startPastOrders({ shopId: shop.id, wish, actor: shop.actor, now });
  if (result.kind === "refused") {
    return answer({ kind: "refused", errors: { attachmentIds: [refusalText[result.reason]] } }, 409);
  }
  return answer({ kind: "started", runId: result.runId });
}

function whichOf({ kind, from, to, names }: z.infer<typeof PastOrdersForm>): WhichOrders {
  if (kind === "dates") return { kind, from, to };
  return kind === "names" ? { kind, names } : { kind };
}

async function titleOf(...query: Parameters<typeof findProduct>): Promise<string> {
  try {
    return (await findProduct(...query))?.title ?? "A deleted product";
  } catch (error) {
    if (error instanceof ShopifyUnavailable) return "This product";
    throw error;
  }
}

function answer(body: PastOrdersAnswer, status = 200) {
  return json<PastOrdersAnswer>(body, status);
}

export default function PastOrders() {
  return <PastOrdersPage {...useLoaderData<typeof loader>()} />;
}

export function ErrorBoundary() {
  return (
    <NotFound
      title="Nothing to give"
      text="Nothing is attached to this product. Attach something first."
      back={{ content: "Products", url: "/app/products" }}
    />
  );
}
