/** What the page's action answers. */
export type TokensAnswer =
  /** The only time the text is told. */
  | { kind: "created"; name: string; text: string }
  | { kind: "revoked" }
  | { kind: "refused"; errors: { [field: string]: string[] | undefined } };
