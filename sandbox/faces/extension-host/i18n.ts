import type { Messages } from "../context.ts";
import type { ExtensionSetup } from "./messages.ts";

type Options = { inExtensionLocale?: boolean };

/** Texts, numbers and dates as Shopify's I18n API gives them. */
export function createI18n({
  language,
  extensionLanguage,
  messages,
}: Pick<ExtensionSetup, "language" | "extensionLanguage" | "messages">) {
  const localeOf = ({ inExtensionLocale }: Options = {}) => (inExtensionLocale ? extensionLanguage : language);
  const plural = new Intl.PluralRules(extensionLanguage);

  /** @returns a text, or its parts when a replacement is something else than text */
  function translate(key: string, replacements: Record<string, unknown> = {}): unknown {
    const found = find(messages, key);
    const text = typeof found === "object" ? pluralForm(found, replacements.count) : found;
    if (typeof text !== "string") {
      console.error(`The extension has no text "${key}" in ${extensionLanguage}.`);
      return key;
    }
    const parts = text.split(/({{\s*\w+\s*}})/).map((part) => {
      const name = /^{{\s*(\w+)\s*}}$/.exec(part)?.[1];
      if (name === undefined) return part;
      if (!(name in replacements)) console.error(`The text "${key}" needs "${name}".`);
      const value = replacements[name];
      return name === "count" && typeof value === "number"
        ? new Intl.NumberFormat(extensionLanguage).format(value)
        : value;
    });
    const isText = parts.every((part) => part === undefined || typeof part === "string" || typeof part === "number");
    return isText ? parts.join("") : parts;
  }

  function pluralForm(forms: Messages, count: unknown): unknown {
    return forms[plural.select(Number(count ?? 0))] ?? forms.other;
  }

  return {
    translate,
    formatNumber: (number: number | bigint, options?: Options & Intl.NumberFormatOptions) =>
      new Intl.NumberFormat(localeOf(options), options).format(number),
    formatCurrency: (number: number | bigint, options?: Options & Intl.NumberFormatOptions) =>
      new Intl.NumberFormat(localeOf(options), { style: "currency", currency: "USD", ...options }).format(number),
    formatDate: (date: Date, options?: Options & Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(localeOf(options), options).format(date),
  };
}

function find(messages: Messages, key: string): string | Messages | undefined {
  return key
    .split(".")
    .reduce<string | Messages | undefined>(
      (part, name) => (typeof part === "object" ? part[name] : undefined),
      messages,
    );
}
