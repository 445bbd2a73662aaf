import { readFileSync } from "node:fs";
import { resolve } from "node:path";

type Node = string | { [key: string]: Node };

/** Texts, numbers and dates of one of the order extension's locales, plurals as Shopify picks them. */
export function translator(locale: string) {
  const name = locale === "en" ? "en.default" : locale;
  const path = resolve(import.meta.dirname, "../../extensions/downloads-order/locales", `${name}.json`);
  const texts = JSON.parse(readFileSync(path, "utf8")) as Node;

  return {
    translate(key: string, replacements: Record<string, string | number> = {}): string {
      const found = key
        .split(".")
        .reduce<Node | undefined>((node, part) => (typeof node === "object" ? node[part] : undefined), texts);
      const form = new Intl.PluralRules(locale).select(Number(replacements.count));
      const text = typeof found === "object" ? (found[form] ?? found.other) : found;
      if (typeof text !== "string") throw new Error(`${locale} has no text for "${key}"`);
      return text.replace(/{{\s*(\w+)\s*}}/g, (_, placeholder: string) => String(replacements[placeholder]));
    },
    formatNumber: (amount: number, options?: Intl.NumberFormatOptions) =>
      new Intl.NumberFormat(locale, options).format(amount),
    formatDate: (date: Date, options?: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(date),
  };
}
