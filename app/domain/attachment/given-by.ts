import type { AttachmentTerms } from "./terms";

/** What an attachment gives, as the screens show it. */
export type GivenThing =
  | {
      kind: "file";
      assetId: string;
      title: string;
      /** The newest version's; null while there is none. */
      fileName: string | null;
      sizeBytes: number | null;
      isArchived: boolean;
    }
  | { kind: "link"; assetId: string; title: string; url: string; isArchived: boolean }
  | { kind: "keys"; poolId: string; title: string; available: number; keysPerUnit: number; isArchived: boolean };

/** An attachment that stands. */
export type Attached = {
  id: string;
  productId: string;
  /** null: every variant of the product. */
  variantId: string | null;
  thing: GivenThing;
  terms: AttachmentTerms;
};

/** `variantCount`: how many of its variants something is attached to; null: the whole product. */
export type AttachedProduct = { number: string; title: string; variantCount: number | null };

/** Asset id or pool id. */
function thingId(thing: GivenThing): string {
  return thing.kind === "keys" ? thing.poolId : thing.assetId;
}

/**
 * What a buyer of one variant gets: what the whole product gives and what this variant gives, each
 * thing once. As when an order is granted, the oldest attachment of a thing is the one that counts.
 *
 * @param attachments  of the variant's product, oldest first
 */
export function givenBy(variantId: string, attachments: Attached[]): Attached[] {
  const firstOf = new Map<string, Attached>();
  for (const attachment of attachments) {
    if (attachment.variantId !== null && attachment.variantId !== variantId) continue;
    const thing = thingId(attachment.thing);
    if (!firstOf.has(thing)) firstOf.set(thing, attachment);
  }
  return [...firstOf.values()];
}

/**
 * In a few words what a product gives in all its variants, such as "2 files" and "1 key per unit".
 *
 * @returns nothing when it gives nothing.
 */
export function givenInShort(attachments: Attached[]): string[] {
  const things = [...new Map(attachments.map(({ thing }) => [thingId(thing), thing])).values()];
  const files = things.filter(({ kind }) => kind === "file").length;
  const links = things.filter(({ kind }) => kind === "link").length;

  return [
    ...(files > 0 ? [counted(files, "file")] : []),
    ...(links > 0 ? [counted(links, "link")] : []),
    ...keysInShort(things),
  ];
}

/** Several pools often serve different variants, so that a sum over them would promise too much. */
function keysInShort(things: GivenThing[]): string[] {
  const perUnit = things.flatMap((thing) => (thing.kind === "keys" ? [thing.keysPerUnit] : []));
  if (perUnit.length === 0) return [];
  if (perUnit.length > 1) return [`keys from ${perUnit.length} pools`];
  return [`${counted(perUnit[0] ?? 1, "key")} per unit`];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
