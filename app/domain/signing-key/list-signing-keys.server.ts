import { db } from "~/db.server";
import { findSigningKey, PublicJwk } from "./signing-keys.server";

const DAY_MS = 86_400_000;

export type ListedSigningKey = {
  kid: string;
  publicJwk: PublicJwk;
  createdAt: Date;
  /** Null: it signs. */
  retiredAt: Date | null;
  /** Until when it is listed once it is retired. */
  trustedUntil: Date | null;
};

/**
 * The keys that offline licenses are checked with, the one that signs now first.
 *
 * A replaced key stays listed for the days of grace: until then there may be a license signed with it that is good.
 */
export async function listSigningKeys(shop: { id: string; graceDays: number }, now: Date): Promise<ListedSigningKey[]> {
  await findSigningKey(shop.id);
  const graceMs = shop.graceDays * DAY_MS;
  const keys = await db.signingKey.findMany({
    where: {
      shopId: shop.id,
      OR: [{ retiredAt: null }, { retiredAt: { gt: new Date(now.getTime() - graceMs) } }],
    },
    orderBy: [{ retiredAt: { sort: "desc", nulls: "first" } }, { createdAt: "desc" }],
  });
  return keys.map(({ id, publicJwk, createdAt, retiredAt }) => ({
    kid: id,
    publicJwk: PublicJwk.parse(publicJwk),
    createdAt,
    retiredAt,
    trustedUntil: retiredAt && new Date(retiredAt.getTime() + graceMs),
  }));
}
