import type en from "../downloads-order/locales/en.default.json";

type Leaf = string | { other: string };

/** Every text there is, as its place in the locale files: `state.waiting`. */
export type TextKey = KeysOf<typeof en>;

type KeysOf<Node> = {
  [Key in keyof Node & string]: Node[Key] extends Leaf ? Key : `${Key}.${KeysOf<Node[Key]>}`;
}[keyof Node & string];

export type Replacements = Record<string, string | number>;

/** What every target gives: the part of `shopify` that lists and downloads need. */
export interface Host {
  sessionToken: { get(): Promise<string> };
  /** Of this browser and this extension. */
  storage: { read(key: string): Promise<unknown>; write(key: string, data: string): Promise<void> };
  i18n: {
    translate(key: string, replacements?: Replacements): string;
    formatNumber(amount: number, options?: { inExtensionLocale?: boolean } & Intl.NumberFormatOptions): string;
    formatDate(date: Date, options?: { inExtensionLocale?: boolean } & Intl.DateTimeFormatOptions): string;
  };
}

/** A text in the customer's language. `count` picks its plural form. */
export function text(host: Host, key: TextKey, replacements?: Replacements): string {
  return host.i18n.translate(key, replacements);
}

/** The merchant's own heading, or else the one of the locale. */
export function headingOf(host: Host, settings: Record<string, unknown>): string {
  const own = "heading" in settings ? settings.heading : undefined;
  return typeof own === "string" && own.trim() !== "" ? own.trim() : text(host, "heading");
}
