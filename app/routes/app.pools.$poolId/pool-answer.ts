/** One key as its table shows it. */
export type KeyRow = {
  id: string;
  end: string;
  state: "available" | "granted" | "revoked" | "disabled";
  order: { id: string; name: string } | null;
  issued: { at: string; holderEmail: string | null; reference: string | null } | null;
  activationLimit: number | null;
  expiresAt: string | null;
  note: string | null;
};

/** Keys that are chosen: one by one, or all that the table's filter shows. */
export type ChosenKeys = { keyIds: string[] } | { filter: { state?: KeyRow["state"]; importId?: string } };

/** What the page's actions answer. */
export type PoolAnswer =
  | { kind: "done"; message: string }
  | { kind: "found"; keys: KeyRow[] }
  | { kind: "refused"; errors: { [field: string]: string[] | undefined } };
