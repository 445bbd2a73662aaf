import type { MailLocale } from "~/domain/delivery/locales";
import { de } from "./de";
import { en } from "./en";
import { es } from "./es";
import { fr } from "./fr";
import { ja } from "./ja";
import { pl } from "./pl";
import type { Plural, Words } from "./words";
import { zhCn } from "./zh-cn";

const byLocale: Record<MailLocale, Words> = { en, de, fr, pl, "zh-CN": zhCn, es, ja };

export function wordsOf(locale: MailLocale): Words {
  return byLocale[locale];
}

/** Puts values where a text has their names in braces. */
export function fillIn(text: string, values: Record<string, string>): string {
  return text.replaceAll(/\{(\w+)\}/g, (braces, name: string) => values[name] ?? braces);
}

/** The text that a language wants with this number, the number filled in. */
export function counted(locale: MailLocale, texts: Plural, count: number): string {
  const rule = new Intl.PluralRules(locale).select(count);
  const text = rule === "one" || rule === "few" || rule === "many" ? texts[rule] : undefined;
  return fillIn(text ?? texts.other, { count: count.toLocaleString(locale) });
}
