import type { Mail } from "~/gateways/mailer/mail";

type ShopSender = { domain: string; name: string | null; senderName: string | null; senderAddress: string | null };

/** How a shop calls itself to its customers. */
export function shopNameOf({ senderName, name, domain }: Pick<ShopSender, "domain" | "name" | "senderName">): string {
  return senderName ?? name ?? domain.replace(/\.myshopify\.com$/, "");
}

/** Whom customers see as the sender. `fallback` is the address of shops that have set none. */
export function senderOf(shop: ShopSender, fallback: string): Mail["from"] {
  return { name: shopNameOf(shop), address: shop.senderAddress ?? fallback };
}
