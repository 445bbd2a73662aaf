import type { LoaderFunctionArgs } from "@remix-run/node";
import { startStream, STREAM_TTL_SECONDS } from "~/domain/download/start-stream.server";
import { listCustomerOrders } from "~/domain/order/list-customer-orders.server";
import { listPageOrders } from "~/domain/page/list-page-orders.server";
import { markKeysSeen } from "~/domain/page/mark-keys-seen.server";
import type { PageOrder } from "~/domain/page/page";
import { pageShopOf } from "~/domain/page/page-shop";
import { requireProxyVisitor } from "~/http/app-proxy.server";
import { answerPage, answerVisitor } from "~/http/page-answer.server";
import { somethingBroke } from "~/ui/page/notices";
import { customerPage, signedOutPage } from "~/ui/page/customer-page";
import { voiceFor } from "~/ui/page/voice";

/** The storefront's own page, /apps/downloads: a signed-in customer's orders, a page at a time. */
export function loader({ request }: LoaderFunctionArgs) {
  const voice = voiceFor(request, null);
  return answerVisitor(
    async () => {
      const now = new Date();
      const { shop, customerId, path } = await requireProxyVisitor(request, now);
      const pageShop = pageShopOf(shop);
      if (!customerId) return answerPage(signedOutPage(pageShop, voice, path));

      const after = new URL(request.url).searchParams.get("after");
      const { orders: found, next } = await listCustomerOrders(shop.id, customerId, after);
      const orders = await listPageOrders(shop.id, found, now);
      await markKeysSeen(
        shop.id,
        found.map(({ id }) => id),
        now,
      ); // signed in: no scanner looks

      const sources = await sourcesOf(shop.id, customerId, orders, now);
      const pages = { next, isFirst: after === null };
      return answerPage(
        customerPage({ shop: pageShop, voice, orders, path, sources, streamSeconds: STREAM_TTL_SECONDS, pages }),
      );
    },
    () => somethingBroke(voice),
  );
}

/** Signed here and not behind a redirect, which Shopify might follow itself and carry the bytes. */
async function sourcesOf(
  shopId: string,
  customerId: string,
  orders: PageOrder[],
  now: Date,
): Promise<Map<string, string>> {
  const items = orders.flatMap((order) => order.items);
  const grantIds = items.flatMap((item) => (item.kind !== "keys" && item.plays ? [item.grantId] : []));
  const proof = { customerId, checkoutToken: null };
  const started = await Promise.all(
    grantIds.map(async (grantId) => ({ grantId, result: await startStream({ shopId, grantId, proof, now }) })),
  );
  return new Map(started.flatMap(({ grantId, result }) => (result.kind === "started" ? [[grantId, result.url]] : [])));
}
