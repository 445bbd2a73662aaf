import { env } from "~/env.server";

const { hostname } = new URL(env.SHOPIFY_APP_URL);
const isName = /[a-z]/i.test(hostname) && !hostname.startsWith("[");

/** The sender of shops that have set none: MAIL_FROM, or an address at the app's own host. */
export const defaultSender = env.MAIL_FROM ?? `no-reply@${isName ? hostname : "localhost"}`;

/** A Message-ID that is always the same for one id (RFC 5322, section 3.6.4). */
export function messageIdOf(id: string): string {
  return `<${id}@${hostname}>`;
}

/** Where a customer reads a delivery: the page of its token. */
export function pageUrlOf(token: string): string {
  return `${new URL(env.SHOPIFY_APP_URL).origin}/d/${token}`;
}

/** An admin page of the app, outside Shopify's frame, for links in mails to merchants. */
export function adminUrlOf(shopDomain: string, path: string): string {
  return `https://${shopDomain}/admin/apps/${env.SHOPIFY_API_KEY}${path}`;
}
