import type { CustomerLicense } from "~/domain/activation/customer-license";
import type { GateReason } from "~/domain/download/gate";
import type { Media } from "~/domain/download/media";

/** How a shop shows itself to its customers. */
export type PageShop = {
  /** name.myshopify.com */
  domain: string;
  name: string;
  supportAddress: string | null;
  logoUrl: string | null;
  /** #rrggbb */
  brandColor: string | null;
};

/** What an order gave, as its customer sees it. */
export type PageOrder = { id: string; name: string; items: PageItem[] };

export type PageItem = PageAsset | PageKeys;

/** What keeps something from being used; null: nothing does. */
export type PageObstacle = Exclude<GateReason, "stream_only">;

/** A file or an external link. */
export type PageAsset = {
  kind: "file" | "link";
  grantId: string;
  title: string;
  instructions: string | null;
  /** null for a link, and while the first upload is under way. */
  file: { name: string; sizeBytes: number; version: number; sha256: string | null } | null;
  /** How it plays in the page; null when it does not. */
  plays: Media["kind"] | null;
  isStreamOnly: boolean;
  /** null: unlimited. */
  downloadsLeft: number | null;
  expiresAt: Date | null;
  obstacle: PageObstacle | null;
};

/** The keys that one line gives of one pool. */
export type PageKeys = {
  kind: "keys";
  /** The attachment's, with the line's: tells lists of keys apart. */
  id: string;
  title: string;
  instructions: string | null;
  /** `text` is null until the customer reveals it, where the shop asks for that. */
  keys: { grantId: string; text: string | null; license: CustomerLicense | null }[];
  /** How many are not shown, by what keeps them. */
  missing: Record<KeyObstacle, number>;
  /** The earliest end of those shown; null: none ends. */
  expiresAt: Date | null;
};

export type KeyObstacle = "waiting" | "held" | "revoked" | "expired";
