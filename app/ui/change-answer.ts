/** What changing an attachment answers: `errors` by field, `message` for the whole. */
export type ChangeAnswer =
  { kind: "changed" } | { kind: "refused"; errors: Record<string, string[] | undefined>; message: string | null };
