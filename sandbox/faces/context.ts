import type { Message } from "../mailbox/message.ts";
import type { Store } from "../store/store.ts";
import type { createAssets } from "./assets.ts";

/** Where the faces read the mails. */
export type MailReader = { messages(to?: string): Message[] };

/** A nested object of texts, as in an extension's `locales/*.json`. */
export type Messages = { [key: string]: string | Messages };

export type ExtensionBundle = {
  js: string | Uint8Array;
  targets: { target: string }[];
  /** by language, such as `de` or `zh-CN` */
  locales: Record<string, Messages>;
  /** the language used where another has no text; `en` when absent */
  defaultLocale?: string;
  /** what the merchant set in the editor; nothing when absent */
  settings?: Record<string, string | number | boolean>;
};

export type FacesOptions = {
  store: Store;
  mailbox: MailReader;
  /** the built UI extensions, by handle */
  extensionBundles: Record<string, ExtensionBundle>;
  /** where the browser reaches the app: its door */
  appUrl: string;
  /** where the browser reaches these faces */
  homeUrl: string;
};

export type FacesContext = FacesOptions & { assets: ReturnType<typeof createAssets> };
