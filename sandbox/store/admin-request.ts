/** One GraphQL operation the app sent. */
export type AdminRequest = {
  at: string;
  shop: string;
  /** the operation's name; null when it has none or could not be read */
  operation: string | null;
  query: string;
  variables: Record<string, unknown>;
  /** the granted scopes that it used; where none that would do is granted, the first that would */
  scopes: string[];
  /** HTTP status of the answer */
  status: number;
  /** messages of what was refused */
  errors: string[];
  cost: { requested: number; actual: number | null } | null;
};

export type AdminReply = { status: number; body: unknown; headers?: Record<string, string> };
