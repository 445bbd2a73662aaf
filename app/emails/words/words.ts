import type { DeliveryKind } from "@prisma/client";

/** A text for each way a language counts (https://cldr.unicode.org/index/cldr-spec/plural-rules); `{count}` is the number. */
export type Plural = { one?: string; few?: string; many?: string; other: string };

/** Everything a message says, in one language. Braces name what is filled in. */
export type Words = {
  /** In Liquid, since the merchant edits it: see TemplateVariables for what it may name. */
  kinds: Record<DeliveryKind, { subject: string; heading: string; intro: string }>;
  button: string;
  /** In Liquid; `{address}` is where the link to the support address goes. */
  help: string;
  /** Until when the page is open: `{moment}` is a date and a time, in UTC. */
  validity: string;
  itemsHeading: string;
  version: string;
  isNew: string;
  link: string;
  downloadsLeft: Plural;
  noDownloadsLeft: string;
  unlimited: string;
  streamOnly: string;
  until: string;
  keys: Plural;
  toCome: Plural;
  /** Two of the above in one. */
  keysAndToCome: string;
  /** Of keys that wait. */
  willMail: Plural;
  keysOnPage: string;
  /** Where the page shows them only once the customer presses Reveal. */
  revealOnPage: string;
  moreKeys: Plural;
  moreItems: Plural;
  held: string;
  notReady: string;
  howTo: string;
  fallbackLink: string;
  footer: string;
};
