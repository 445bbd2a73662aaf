/** What a token may be made for. */
export const tokenScopes = ["licenses:read", "licenses:write"] as const;
export type TokenScope = (typeof tokenScopes)[number];
