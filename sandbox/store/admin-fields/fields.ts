import type { GraphQLResolveInfo } from "graphql";
import type { Shop } from "../model.ts";
import { amountFrom } from "../money.ts";
import type { Store } from "../store.ts";

/** What one request to the Admin API knows. */
export type AdminContext = {
  store: Store;
  shop: Shop;
  granted: ReadonlySet<string>;
  /** points of what was really read so far */
  spent: { points: number };
  /** search terms that Shopify would ignore */
  ignoredSearchFields: Set<string>;
};

export type Arguments = Record<string, unknown>;

type Resolver<Source> = {
  resolve(source: Source, args: Arguments, context: AdminContext, info: GraphQLResolveInfo): unknown;
}["resolve"];

/** How the fields of one type are read from `Source`; what is not here is read by property. */
export type Fields<Source> = Record<string, Resolver<Source>>;

export function money(cents: number, currency: string) {
  return { amount: amountFrom(cents), currencyCode: currency };
}

export function moneyBag(cents: number, currency: string) {
  return { shopMoney: money(cents, currency), presentmentMoney: money(cents, currency) };
}

/** A text argument, or undefined when absent or null. */
export function text(args: Arguments, name: string): string | undefined {
  const value = args[name];
  return typeof value === "string" ? value : undefined;
}

/** A picture that needs no other host: one color, and the first letter. */
export function pictureOf(product: { title: string; color: string }) {
  const letter = product.title.charAt(0).replace(/[<>&]/g, "");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><rect width="400" height="400" fill="${product.color}"/><text x="200" y="260" font-family="sans-serif" font-size="180" fill="#fff" text-anchor="middle">${letter}</text></svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
}
