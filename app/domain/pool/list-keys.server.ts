import type { PoolKeyState, Prisma } from "@prisma/client";
import { db } from "~/db.server";
import { keyHash } from "~/domain/license/key-text.server";
import { chosenKeys, type KeyFilter } from "./key-choice";
import { KeyRule, readTyped } from "./key-rule";

export type ListedKey = {
  id: string;
  /** Its last characters. */
  end: string;
  state: PoolKeyState;
  /** The order it went to; null while it is available. */
  order: { id: string; name: string } | null;
  /** Set for a license that the merchant's software made without an order. */
  issued: { at: Date; holderEmail: string | null; reference: string | null } | null;
  /** Its own, as `PoolKey` says. */
  activationLimit: number | null;
  expiresAt: Date | null;
  note: string | null;
};

export type ListKeysInput = {
  shopId: string;
  poolId: string;
  filter?: KeyFilter;
  /** A `next` or `previous` of an earlier answer; anything else begins at the beginning. */
  cursor?: string;
  limit?: number;
};

export type ListKeysResult = { keys: ListedKey[]; next: string | null; previous: string | null };

const listed = {
  id: true,
  seq: true,
  keyEnd: true,
  state: true,
  issuedAt: true,
  holderEmail: true,
  reference: true,
  activationLimit: true,
  expiresAt: true,
  note: true,
  grant: { select: { order: { select: { id: true, name: true } } } },
} satisfies Prisma.PoolKeySelect;

type KeyRow = Prisma.PoolKeyGetPayload<{ select: typeof listed }>;

/** A pool's keys in the order in which they are given, a page at a time. */
export async function listKeys({
  shopId,
  poolId,
  filter = {},
  cursor,
  limit = 50,
}: ListKeysInput): Promise<ListKeysResult> {
  const place = /^(after|before)-(\d{1,18})$/.exec(cursor ?? "");
  const isBackward = place?.[1] === "before";
  const seq = place?.[2] === undefined ? undefined : BigInt(place[2]);

  const found = await db.poolKey.findMany({
    where: { ...chosenKeys(shopId, poolId, { filter }), seq: isBackward ? { lt: seq } : { gt: seq } },
    orderBy: { seq: isBackward ? "desc" : "asc" },
    take: limit + 1,
    select: listed,
  });
  const hasMore = found.length > limit;
  const page = isBackward ? found.slice(0, limit).reverse() : found.slice(0, limit);
  const isFirst = seq === undefined || (isBackward && !hasMore);
  const isLast = !isBackward && !hasMore;

  return {
    keys: page.map(asListed),
    next: isLast ? null : cursorTo("after", page.at(-1)),
    previous: isFirst ? null : cursorTo("before", page[0]),
  };
}

const MOST_FOUND = 20;
const SHOWN_END = 4;

/**
 * Looks keys of a pool up by what a person has of them: the whole text, or its last characters.
 *
 * @returns the one of this text, as it is or as the pool's rule reads it; else up to 20 that end so, the first first.
 */
export async function findKeys(shopId: string, poolId: string, typed: string): Promise<ListedKey[]> {
  const text = typed.trim();
  const pool = await db.pool.findFirst({ where: { id: poolId, shopId }, select: { rule: true } });
  const rule = KeyRule.safeParse(pool?.rule);
  const read = rule.success ? readTyped(rule.data, text) : null;
  const keyHashes = [text, ...(read?.kind === "key" ? [read.text] : [])].map((one) => keyHash(shopId, one));
  const exact = await db.poolKey.findFirst({ where: { shopId, poolId, keyHash: { in: keyHashes } }, select: listed });
  if (exact) return [asListed(exact)];

  const end = text.replace(/^[\u2026.]+/, "");
  if (end === "" || Array.from(end).length > SHOWN_END) return [];
  const ending = await db.poolKey.findMany({
    where: { shopId, poolId, keyEnd: { endsWith: end.replaceAll(/[\\%_]/g, "\\$&"), mode: "insensitive" } },
    orderBy: { seq: "asc" },
    take: MOST_FOUND,
    select: listed,
  });
  return ending.map(asListed);
}

function asListed({ id, keyEnd: end, state, grant, issuedAt, holderEmail, reference, ...key }: KeyRow): ListedKey {
  const { activationLimit, expiresAt, note } = key;
  const issued = issuedAt && { at: issuedAt, holderEmail, reference };
  return { id, end, state, order: grant?.order ?? null, issued, activationLimit, expiresAt, note };
}

function cursorTo(direction: "after" | "before", key: KeyRow | undefined): string | null {
  return key ? `${direction}-${key.seq}` : null;
}
