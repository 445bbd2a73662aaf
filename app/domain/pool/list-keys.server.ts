import type { PoolKeyState, Prisma } from "@prisma/client";
import { db } from "~/db.server";
import { keyHash } from "~/domain/license/key-text.server";

export type ListedKey = {
  id: string;
  /** Its last characters. */
  end: string;
  state: PoolKeyState;
  /** The order it went to; null while it is available. */
  order: { id: string; name: string } | null;
};

export type ListKeysInput = {
  shopId: string;
  poolId: string;
  state?: PoolKeyState;
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
  grant: { select: { order: { select: { id: true, name: true } } } },
} satisfies Prisma.PoolKeySelect;

type KeyRow = Prisma.PoolKeyGetPayload<{ select: typeof listed }>;

/** A pool's keys in the order in which they are given, a page at a time. */
export async function listKeys({ shopId, poolId, state, cursor, limit = 50 }: ListKeysInput): Promise<ListKeysResult> {
  const place = /^(after|before)-(\d{1,18})$/.exec(cursor ?? "");
  const isBackward = place?.[1] === "before";
  const seq = place?.[2] === undefined ? undefined : BigInt(place[2]);

  const found = await db.poolKey.findMany({
    where: { shopId, poolId, state, seq: isBackward ? { lt: seq } : { gt: seq } },
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

/** The pool's key of exactly this text, or null. */
export async function findKey(shopId: string, poolId: string, text: string): Promise<ListedKey | null> {
  const key = await db.poolKey.findUnique({
    where: { shopId_keyHash: { shopId, keyHash: keyHash(shopId, text.trim()) }, poolId },
    select: listed,
  });
  return key && asListed(key);
}

function asListed({ id, keyEnd: end, state, grant }: KeyRow): ListedKey {
  return { id, end, state, order: grant?.order ?? null };
}

function cursorTo(direction: "after" | "before", key: KeyRow | undefined): string | null {
  return key ? `${direction}-${key.seq}` : null;
}
