/** What an export of keys may tell of each, in the order of its columns. */
export const exportColumns = [
  "key",
  "end",
  "state",
  "order",
  "holder_email",
  "reference",
  "activation_limit",
  "expires_at",
  "note",
  "import",
] as const;

export type ExportColumn = (typeof exportColumns)[number];
