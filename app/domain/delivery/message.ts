import type { DeliveryKind } from "@prisma/client";
import type { MailLocale } from "./locales";

/** What a message tells of, before it is put into words. */
export type Message = {
  kind: DeliveryKind;
  locale: MailLocale;
  orderName: string;
  shop: MessageShop;
  /** When the page closes. */
  pageExpiresAt: Date;
  items: MessageItem[];
  /** Items that are only on the page, so that the message stays small. */
  moreItems: number;
};

export type MessageShop = {
  name: string;
  supportAddress: string | null;
  logoUrl: string | null;
  /** #rrggbb */
  brandColor: string | null;
  /** Whether keys may be in the message itself. */
  keysInMail: boolean;
  /** Whether the page shows a key only once the customer presses Reveal. */
  revealToClaim: boolean;
};

/** One thing the order gave: a file, a link, or the keys of one line. */
export type MessageItem = {
  title: string;
  /** The product and, where it has several, its variant. */
  product: string;
  /** How to use it: plain text. */
  instructions: string | null;
  /** null: access never ends. */
  expiresAt: Date | null;
  isHeld: boolean;
} & (
  | {
      kind: "file" | "link";
      file: MessageFile | null;
      isNew: boolean;
      isStreamOnly: boolean;
      downloadsLeft: number | null;
    }
  | {
      kind: "keys";
      /** Their texts, as far as the message shows them. */
      keys: string[];
      /** Keys that are there in all. */
      keyCount: number;
      /** Keys still to come. */
      waitingCount: number;
    }
);

/** `number` is the version's. */
export type MessageFile = { name: string; number: number; sizeBytes: number };
