import { digitsOf } from "../store/identifiers.ts";
import type { Customer } from "../store/store.ts";
import type { FacesContext } from "./context.ts";
import { setCookie, type Exchange } from "./exchange.ts";

/** Languages the shop speaks; the extensions have texts in each. */
export const languages = { en: "English", de: "Deutsch", fr: "Français", pl: "Polski", "zh-CN": "简体中文" } as const;

export type Language = keyof typeof languages;

/** Who is signed in; null for a guest. */
export function signedInCustomer({ cookies }: Exchange, { store }: FacesContext): Customer | null {
  return cookies.customer ? store.findCustomer(cookies.customer) : null;
}

export function signIn(exchange: Exchange, customer: Customer) {
  setCookie(exchange, "customer", digitsOf(customer.id));
}

export function signOut(exchange: Exchange) {
  setCookie(exchange, "customer", null);
}

/** What the visitor chose, or else the first of `hints` the shop speaks, or English. */
export function languageOf({ cookies }: Exchange, ...hints: (string | null | undefined)[]): Language {
  return [cookies.language, ...hints].map(knownLanguage).find((language) => language !== null) ?? "en";
}

/** `de-AT` → `de`, `zh-TW` → `zh-CN`; null for a language the shop does not speak. */
export function knownLanguage(tag: string | null | undefined): Language | null {
  const base = (tag ?? "").toLowerCase().split("-")[0];
  const found = Object.keys(languages).find((language) => language.split("-")[0] === base);
  return (found as Language | undefined) ?? null;
}

/** A path of this site to come back to; never another site. */
export function pathBack(text: string | null, otherwise: string): string {
  return text && /^\/(?![/\\])/.test(text) ? text : otherwise;
}
