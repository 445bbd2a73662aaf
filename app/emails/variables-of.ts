import type { MailLocale } from "~/domain/delivery/locales";
import type { Message, MessageItem } from "~/domain/delivery/message";
import type { TemplateItem, TemplateVariables } from "~/domain/delivery/template-variables";
import { counted, fillIn, wordsOf } from "./words/words-of";

/** What a message tells of, in the words of its language. Moments are in UTC. */
export function variablesOf(message: Message, pageUrl: string): TemplateVariables {
  const { locale, shop, items } = message;
  const ofKeys = items.filter((item) => item.kind === "keys");
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

  return {
    order: { name: message.orderName },
    shop: { name: shop.name, support_address: shop.supportAddress },
    page: {
      url: pageUrl,
      validity: fillIn(wordsOf(locale).validity, { moment: moment.format(message.pageExpiresAt) }),
    },
    items: items.map((item) => itemOf(item, locale)),
    items_count: items.length + message.moreItems,
    keys_count: sum(ofKeys.map((item) => item.keyCount)),
    keys_waiting: sum(ofKeys.map((item) => item.waitingCount)),
  };
}

function itemOf(item: MessageItem, locale: MailLocale): TemplateItem {
  const words = wordsOf(locale);
  const file = item.kind === "keys" ? null : item.file;
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });

  return {
    title: item.title,
    product: item.product,
    kind: item.kind,
    file_name: file?.name ?? null,
    size: file ? sizeText(file.sizeBytes, locale) : null,
    version: file?.number ?? null,
    is_new: item.kind !== "keys" && item.isNew,
    keys: item.kind === "keys" ? item.keys : [],
    keys_text: item.kind === "keys" ? keysText(item, locale) : null,
    downloads_text: item.kind === "keys" ? null : downloadsText(item, locale),
    expires_text: item.expiresAt ? fillIn(words.until, { date: date.format(item.expiresAt) }) : null,
    state_text: stateText(item, locale),
    instructions: item.instructions,
  };
}

/** "3 keys and 2 to come" */
function keysText({ keyCount, waitingCount }: { keyCount: number; waitingCount: number }, locale: MailLocale): string {
  const words = wordsOf(locale);
  const keys = counted(locale, words.keys, keyCount);
  const toCome = counted(locale, words.toCome, waitingCount);
  if (waitingCount === 0) return keys;
  return keyCount === 0 ? toCome : fillIn(words.keysAndToCome, { keys, toCome });
}

function downloadsText(item: Exclude<MessageItem, { kind: "keys" }>, locale: MailLocale): string {
  const words = wordsOf(locale);
  if (item.isStreamOnly) return words.streamOnly;
  if (item.downloadsLeft === null) return words.unlimited;
  return item.downloadsLeft === 0 ? words.noDownloadsLeft : counted(locale, words.downloadsLeft, item.downloadsLeft);
}

function stateText(item: MessageItem, locale: MailLocale): string | null {
  const words = wordsOf(locale);
  if (item.isHeld) return words.held;
  if (item.kind === "keys") return item.waitingCount > 0 ? counted(locale, words.willMail, item.waitingCount) : null;
  return item.kind === "file" && !item.file ? words.notReady : null;
}

const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

function sizeText(bytes: number, locale: MailLocale): string {
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const unit = units[power] ?? "byte";
  const amount = bytes / 1000 ** power;
  const maximumFractionDigits = amount < 10 && power > 0 ? 1 : 0;
  const unitDisplay = power === 0 ? "long" : "short"; // the short form of bytes is "880 byte"
  return amount.toLocaleString(locale, { style: "unit", unit, unitDisplay, maximumFractionDigits });
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
