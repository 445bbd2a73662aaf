import { mailLocaleOf, mailLocales, type MailLocale } from "~/domain/delivery/locales";

/**
 * The language of a page: the first wish that names one of ours.
 *
 * @param wishes  locales as Shopify or a visitor writes them ("de", "de-AT", "zh-TW"); null: no wish
 * @param accept  an Accept-Language header, asked after all wishes
 */
export function pickLanguage(wishes: (string | null)[], accept: string | null): MailLocale {
  const found = [...wishes, ...accepted(accept ?? "")].find((wish) => wish !== null && isKnown(wish));
  return mailLocaleOf(found ?? null);
}

function isKnown(locale: string): boolean {
  return mailLocaleOf(locale) !== "en" || /^en\b/i.test(locale);
}

/** The languages of an Accept-Language header, most wanted first. */
function accepted(header: string): string[] {
  const weighed = header.split(",").map((part) => {
    const [language = "", ...parameters] = part.trim().split(";");
    const weight = Number(parameters.join(";").match(/q=([\d.]+)/)?.[1] ?? 1);
    return { language, weight };
  });
  return weighed
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ language }) => language);
}

export const pageLanguages = mailLocales;

export type PageLanguage = MailLocale;
