import { db, inTransaction } from "~/db.server";
import { claimKeys } from "~/domain/pool/claim-keys.server";

/** One key for one grant, as an order of one unit claims it. @throws when it got none */
export async function claimOne(shopId: string, poolId: string, grantId: string) {
  const [served] = await inTransaction((tx) => claimKeys(tx, { shopId, poolId, grantIds: [grantId] }));
  if (served !== grantId) throw new Error(`Grant ${grantId} got no key`);
}

export function disconnect() {
  return db.$disconnect();
}
