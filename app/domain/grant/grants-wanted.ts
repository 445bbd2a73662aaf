import { isPaid, type OrderFacts } from "~/domain/order/order-facts";

/** A stretch of time in which the order was paid; both ends the same when the moment is known. */
export type PaidWindow = { from: Date; to: Date };

export type WantedLine = { id: string; productId: string | null; variantId: string | null; currentQuantity: number };

/** What keys of a pool are sold under now. */
export type KeyTerms = {
  /** One key for each unit bought, or for the whole line. */
  keyFor: "unit" | "line";
  /** Machines per key and, for a line, unit; 0: unlimited. */
  activationLimit: number;
  /** ISO 8601: when every key sold now ends at the latest; null: never. */
  validUntil: string | null;
};

export type StandingAttachment = {
  id: string;
  productId: string;
  variantId: string | null;
  assetId: string | null;
  poolId: string | null;
  keysPerUnit: number;
  createdAt: Date;
  detachedAt: Date | null;
  /** The policy it is given under now: downloads per unit and days of access; null: unlimited. */
  downloadLimit: number | null;
  accessDays: number | null;
  updatePolicy: UpdatePolicy;
  updateMonths: number | null;
  /** The asset's newest version; null for links, keys and while the first is uploading. */
  currentVersionId: string | null;
  /** Set where the merchant gave it to this order although that was paid before; `at` is ISO 8601. */
  alsoGiven: { at: string; tellsCustomer: boolean } | null;
  /** Null unless it gives keys. */
  keyTerms: KeyTerms | null;
};

/** What a later version of the asset means for this buyer: they get it, they keep what they bought, they get it for months. */
export type UpdatePolicy = "latest" | "bought" | "months";

/** `count` grants of one attachment for one line, made of `units` paid units. */
export type WantedGrants = {
  lineId: string;
  attachmentId: string;
  assetId: string | null;
  poolId: string | null;
  units: number;
  count: number;
  /** Downloads per unit; null: unlimited, and for keys. */
  downloadLimitPerUnit: number | null;
  accessDays: number | null;
  /** The version bought, where the update policy keeps the customer to it or to what came for so many months. */
  versionId: string | null;
  updateMonths: number | null;
  /** Null unless it gives keys: that many for each unit or line. */
  keysPerUnit: number | null;
  keyTerms: KeyTerms | null;
};

/**
 * What the customer of an order should hold, given what Shopify says of it now.
 *
 * @param facts        the order's standing as a whole
 * @param lines        its lines; `currentQuantity` is what is left after edits and refunds
 * @param attachments  of the products on it that reach the order (see `reach`)
 * @returns one entry per line and attachment: an asset is one grant, a pool is one per unit (or line) and
 *   key. Empty unless paid and not cancelled.
 */
export function grantsWanted(
  facts: Pick<OrderFacts, "financialStatus" | "isFree" | "cancelledAt">,
  lines: WantedLine[],
  attachments: StandingAttachment[],
): WantedGrants[] {
  if (!isPaid(facts)) return [];

  return lines
    .filter((line) => line.currentQuantity > 0)
    .flatMap((line) =>
      oncePerThing(attachments.filter((attachment) => covers(attachment, line))).map(wantedFrom(line)),
    );
}

function wantedFrom(line: WantedLine) {
  return (attachment: StandingAttachment): WantedGrants => ({
    lineId: line.id,
    attachmentId: attachment.id,
    assetId: attachment.assetId,
    poolId: attachment.poolId,
    units: line.currentQuantity,
    count: attachment.keyTerms ? keyCount(line.currentQuantity, attachment.keysPerUnit, attachment.keyTerms) : 1,
    downloadLimitPerUnit: attachment.poolId ? null : attachment.downloadLimit,
    accessDays: attachment.accessDays,
    versionId: attachment.updatePolicy === "latest" ? null : attachment.currentVersionId,
    updateMonths: attachment.updatePolicy === "months" ? attachment.updateMonths : null,
    keysPerUnit: attachment.keyTerms && attachment.keysPerUnit,
    keyTerms: attachment.keyTerms,
  });
}

/** How many keys a line of so many units gives. */
export function keyCount(units: number, keysPerUnit: number, { keyFor }: Pick<KeyTerms, "keyFor">): number {
  return keyFor === "line" ? Math.min(1, units) * keysPerUnit : units * keysPerUnit;
}

/** Whether an attachment is one of what a line's product and variant give. */
export function covers(
  attachment: Pick<StandingAttachment, "productId" | "variantId">,
  line: Pick<WantedLine, "productId" | "variantId">,
): boolean {
  if (attachment.productId !== line.productId) return false;
  return attachment.variantId === null || attachment.variantId === line.variantId;
}

/**
 * An asset given by the product and again by its variant is given once; so are keys of one pool. The one that came
 * to the order first counts, so that nothing given to past orders takes the place of what they had.
 */
function oncePerThing(attachments: StandingAttachment[]): StandingAttachment[] {
  const first = new Map<string, StandingAttachment>();
  const cameAt = ({ alsoGiven, createdAt }: StandingAttachment) => (alsoGiven ? Date.parse(alsoGiven.at) : +createdAt);
  const oldestFirst = attachments.toSorted((a, b) => cameAt(a) - cameAt(b) || (a.id < b.id ? -1 : 1));
  for (const attachment of oldestFirst) {
    const thing = attachment.assetId ?? attachment.poolId ?? attachment.id;
    if (!first.has(thing)) first.set(thing, attachment);
  }
  return [...first.values()];
}

/**
 * Whether an attachment stood when the order was paid, or was given to it all the same.
 *
 * Shopify counts in whole seconds, so an attachment made within the second of the payment counts as made before it.
 *
 * @returns "unclear" when it stood for a part of the window only.
 */
export function reach(
  attachment: Pick<StandingAttachment, "createdAt" | "detachedAt"> & Partial<Pick<StandingAttachment, "alsoGiven">>,
  paid: PaidWindow,
): "yes" | "no" | "unclear" {
  if (attachment.alsoGiven) return "yes";
  const madeAt = Math.floor(attachment.createdAt.getTime() / 1000) * 1000;
  const endedAt = attachment.detachedAt?.getTime() ?? Infinity;
  const stoodAt = (moment: Date) => madeAt <= moment.getTime() && moment.getTime() < endedAt;

  if (stoodAt(paid.from) && stoodAt(paid.to)) return "yes";
  const stoodWithin = madeAt <= paid.to.getTime() && paid.from.getTime() < endedAt;
  return stoodWithin ? "unclear" : "no";
}
