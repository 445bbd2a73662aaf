import { db } from "~/db.server";

/** Whether the name of a shop's staff member is known, and lately enough to be still theirs. */
export async function knowsPerson(domain: string, userId: bigint, now: Date): Promise<boolean> {
  const session = await db.session.findFirst({
    where: { shop: domain, userId, isOnline: true, expires: { gt: now } },
    select: { id: true },
  });
  return session !== null;
}
