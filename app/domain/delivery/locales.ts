/** The languages customers are written to in. */
export const mailLocales = ["en", "de", "fr", "pl", "zh-CN", "es", "ja"] as const;

export type MailLocale = (typeof mailLocales)[number];

/** The language for an order's locale, as Shopify writes it (`de`, `de-AT`, `zh-TW`, …); English where we have none. */
export function mailLocaleOf(locale: string | null): MailLocale {
  const language = locale?.toLowerCase().split(/[-_]/)[0];
  return mailLocales.find((known) => known.toLowerCase().split("-")[0] === language) ?? "en";
}

export function isMailLocale(text: string | undefined): text is MailLocale {
  return mailLocales.some((known) => known === text);
}
