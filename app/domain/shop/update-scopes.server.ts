import { db } from "~/db.server";

/** Writes the scopes a merchant has granted into the shop's sessions. */
export async function updateScopes(domain: string, scopes: string[]) {
  await db.session.updateMany({ where: { shop: domain }, data: { scope: scopes.join(",") } });
}
