import type { PageOrder, PageShop } from "~/domain/page/page";
import { downloadsPage } from "./downloads-page";
import { expiredLink, signInFirst, unknownLink } from "./notices";
import type { Sheet, Voice } from "./page-view";
import type { Refused } from "./refusal-text";

type LinkedPage = {
  state: "open" | "expired" | "sign_in";
  shop: PageShop;
  expiresAt: Date;
};

/** What a link that is not open shows; the order's grants are no part of it. */
export function closedPage(page: Omit<LinkedPage, "expiresAt"> | null, voice: Voice, token: string): Sheet {
  if (!page) return unknownLink(voice);
  if (page.state === "sign_in") return signInFirst(page.shop, voice, `https://${page.shop.domain}/account`, 200);
  return expiredLink(page.shop, voice, `/d/${token}/fresh`);
}

type OpenPage = {
  page: LinkedPage;
  orders: PageOrder[];
  voice: Voice;
  token: string;
  streamSeconds: number;
  refused?: Refused;
  /** What the address says was done: `freed` or `named`. */
  done?: string | null;
};

/** What an open link shows. */
export function openPage({ page, orders, voice, token, streamSeconds, refused, done }: OpenPage): Sheet {
  const stream = (grantId: string) => `/d/${token}/${grantId}/stream`;
  const view = {
    shop: page.shop,
    voice,
    orders,
    addresses: {
      download: (grantId: string) => `/d/${token}/${grantId}`,
      stream: (grantId: string) => ({ src: stream(grantId), renewAt: stream(grantId), seconds: streamSeconds }),
      seen: `/d/${token}/seen`,
      reveal: (grantId: string) => `/d/${token}/${grantId}/reveal`,
      machine: (activationId: string) => `/d/${token}/machines/${activationId}`,
    },
    done: done === "freed" || done === "named" ? voice.speak(`${done}.heading`) : null,
    openUntil: page.expiresAt,
    alert: refused ? voice.speak(refused.text, refused.values) : null,
    pages: { earlier: null, newest: null },
  };
  return downloadsPage(view, refused?.status);
}
