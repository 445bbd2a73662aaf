import { db } from "~/db.server";
import { tokenHash } from "./token-text.server";

const HOUR_MS = 3_600_000;

export type Token = { id: string; shopId: string; shopDomain: string; name: string; scopes: string[] };

/**
 * The token of this text, and that it was used: to the hour, so that calls do not write row upon row.
 *
 * @returns null when there is none, it was revoked, or its shop uninstalled the app.
 */
export async function findToken(text: string, now: Date): Promise<Token | null> {
  const token = await db.apiToken.findFirst({
    where: { tokenHash: tokenHash(text), revokedAt: null, shop: { uninstalledAt: null } },
    include: { shop: { select: { domain: true } } },
  });
  if (!token) return null;

  const hour = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);
  if (!token.lastUsedAt || token.lastUsedAt < hour) {
    const isOlder = { OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: hour } }] };
    await db.apiToken.updateMany({ where: { id: token.id, ...isOlder }, data: { lastUsedAt: hour } });
  }
  const { id, shopId, name, scopes, shop } = token;
  return { id, shopId, shopDomain: shop.domain, name, scopes };
}
