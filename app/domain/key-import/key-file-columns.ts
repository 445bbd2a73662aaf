/** What a file may say of a key beside its text. */
export const extraColumns = ["pool", "sku", "activationLimit", "expiresAt", "note"] as const;

export type ExtraColumn = (typeof extraColumns)[number];
