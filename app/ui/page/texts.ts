import { createInstance } from "i18next";
import type { PageLanguage } from "./language";
import de from "./locales/de.json";
import en from "./locales/en.json";
import es from "./locales/es.json";
import fr from "./locales/fr.json";
import ja from "./locales/ja.json";
import pl from "./locales/pl.json";
import zhCN from "./locales/zh-CN.json";

/** Every text by language; those that count carry a plural rule's name behind an underscore. */
export const texts: Record<PageLanguage, Record<string, string>> = { en, de, fr, pl, "zh-CN": zhCN, es, ja };

type Singular<Key> = Key extends `${infer Stem}_${"one" | "other"}` ? Stem : Key;

export type TextKey = Singular<keyof typeof en>;

/** A text in one language, with what stands in braces filled in; `count` also chooses the plural. */
export type Speak = (key: TextKey, values?: { count?: number } & Record<string, string | number>) => string;

const i18n = createInstance({
  resources: Object.fromEntries(Object.entries(texts).map(([language, translation]) => [language, { translation }])),
  fallbackLng: "en",
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
  interpolation: { escapeValue: false }, // React escapes
});
void i18n.init();

export function speakerOf(language: PageLanguage): Speak {
  const speak = i18n.getFixedT(language);
  return (key, values = {}) => speak(key, values);
}
