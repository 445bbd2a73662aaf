import type { PageOrder, PageShop } from "~/domain/page/page";
import type { PageLanguage } from "./language";
import type { Speak } from "./texts";

/** In which language a page speaks. */
export type Voice = { language: PageLanguage; speak: Speak };

/** Where the forms and players of a page lead. */
export type Addresses = {
  /** Takes the POST that starts a download. */
  download: (grantId: string) => string;
  stream: (grantId: string) => {
    src: string;
    /** Answers the next source as JSON. */
    renewAt: string;
    /** For how long a source lives. */
    seconds: number;
  };
  /** Takes the POST that says a person looks; null: looking counts without. */
  seen: string | null;
  /** Takes the POST that reveals a hidden key. */
  reveal: (grantId: string) => string;
  /** Takes the POST that names a machine or frees its place. */
  machine: (activationId: string) => string;
};

export type DownloadsView = {
  shop: PageShop;
  voice: Voice;
  orders: PageOrder[];
  addresses: Addresses;
  /** Until when the link works; null: it has no end. */
  openUntil: Date | null;
  /** Why what was asked for did not happen. */
  alert: string | null;
  /** What was done just now. */
  done: string | null;
  /** Pages of orders before and after this one. */
  pages: { earlier: string | null; newest: string | null };
};

/** A page of a few words: what is the matter, and at most one thing to do. */
export type NoticeView = {
  /** null: nobody knows whose page it is. */
  shop: PageShop | null;
  voice: Voice;
  heading: string;
  text: string;
  act: { kind: "post" | "link"; label: string; url: string } | null;
  /** Where to go on by itself. */
  goesTo?: string;
  /** Where the downloads are. */
  back?: string;
};

/** A page ready to be sent. */
export type Sheet = {
  /** The document; its style and script carry the nonce. */
  html: (nonce: string) => string;
  status: number;
  logoUrl: string | null;
  /** Whether a form on it may end at an address of the merchant's choice: an external link. */
  leadsAway: boolean;
};
