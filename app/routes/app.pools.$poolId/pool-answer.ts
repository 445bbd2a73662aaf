/** One key as its table shows it. */
export type KeyRow = {
  id: string;
  end: string;
  state: "available" | "granted" | "revoked" | "disabled";
  order: { id: string; name: string } | null;
};

/** What the page's action answers. */
export type PoolAnswer =
  | { kind: "done"; message: string }
  | { kind: "found"; key: KeyRow | null }
  | { kind: "refused"; errors: { [field: string]: string[] | undefined } };
