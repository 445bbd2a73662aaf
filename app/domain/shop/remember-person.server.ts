import { db } from "~/db.server";

export type Person = {
  domain: string;
  userId: bigint;
  firstName: string | null;
  lastName: string | null;
  /** When to ask Shopify again. */
  expires: Date;
};

/**
 * Keeps what a shop's staff member is called, as Shopify's own session record of them. The access token that came
 * with it is not kept: the app acts as itself.
 */
export async function rememberPerson({ domain, userId, ...person }: Person): Promise<void> {
  const id = `${domain}_${userId}`;
  const columns = { ...person, shop: domain, userId, isOnline: true, state: "", accessToken: "" };
  await db.session.upsert({ where: { id }, create: { id, ...columns }, update: columns });
}
