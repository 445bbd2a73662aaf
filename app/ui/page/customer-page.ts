import type { PageOrder, PageShop } from "~/domain/page/page";
import { downloadsPage } from "./downloads-page";
import { signInFirst } from "./notices";
import type { Sheet, Voice } from "./page-view";

type CustomerPage = {
  shop: PageShop;
  voice: Voice;
  orders: PageOrder[];
  /** Where the shop's visitors see the page: /apps/downloads */
  path: string;
  /** By grant, for what plays. */
  sources: Map<string, string>;
  streamSeconds: number;
  pages: { next: string | null; isFirst: boolean };
};

/** A signed-in customer's orders, on the shop's own site. */
export function customerPage(page: CustomerPage): Sheet {
  const { shop, voice, orders, path, sources, streamSeconds, pages } = page;
  const view = {
    shop,
    voice,
    orders,
    addresses: {
      download: (grantId: string) => `${path}/${grantId}`,
      stream: (grantId: string) => ({
        src: sources.get(grantId) ?? "",
        renewAt: `${path}/${grantId}/stream`,
        seconds: streamSeconds,
      }),
      seen: null,
      reveal: (grantId: string) => `${path}/${grantId}/reveal`,
      machine: (activationId: string) => `${path}/machines/${activationId}`,
    },
    openUntil: null,
    alert: null,
    done: null,
    pages: {
      earlier: pages.next && `${path}?after=${encodeURIComponent(pages.next)}`,
      newest: pages.isFirst ? null : path,
    },
  };
  return downloadsPage(view);
}

export function signedOutPage(shop: PageShop, voice: Voice, path: string): Sheet {
  return signInFirst(shop, voice, `/account/login?return_url=${encodeURIComponent(path)}`, 200);
}
