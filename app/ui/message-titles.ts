import type { DeliveryKind } from "@prisma/client";
import type { MailLocale } from "~/domain/delivery/locales";

/** What the screens call each kind of message. */
export const messageTitles: Record<DeliveryKind, string> = {
  granted: "Order is ready",
  keys_arrived: "Keys have arrived",
  new_version: "New version",
  fresh_link: "Fresh link",
};

/** When a customer gets it. */
export const messageOccasions: Record<DeliveryKind, string> = {
  granted: "Sent when a paid order gives something.",
  keys_arrived: "Sent when keys that a customer waited for are there.",
  new_version: "Sent to those who are entitled to a new version of a file.",
  fresh_link: "Sent when a customer asks for a new link to the page.",
};

export const languageNames: Record<MailLocale, string> = {
  en: "English",
  de: "German",
  fr: "French",
  pl: "Polish",
  "zh-CN": "Chinese",
  es: "Spanish",
  ja: "Japanese",
};
