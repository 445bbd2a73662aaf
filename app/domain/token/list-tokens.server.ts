import { db } from "~/db.server";
import { tokenScopes, type TokenScope } from "./scopes";

export type TokenRow = {
  id: string;
  name: string;
  /** Last characters. */
  end: string;
  scopes: TokenScope[];
  createdAt: Date;
  /** To the hour; null: never. */
  lastUsedAt: Date | null;
};

/** The shop's tokens that work, newest first. */
export async function listTokens(shopId: string): Promise<TokenRow[]> {
  const tokens = await db.apiToken.findMany({
    where: { shopId, revokedAt: null },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return tokens.map(({ id, name, tokenEnd: end, scopes, createdAt, lastUsedAt }) => {
    return { id, name, end, scopes: tokenScopes.filter((scope) => scopes.includes(scope)), createdAt, lastUsedAt };
  });
}
