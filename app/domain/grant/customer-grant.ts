/** A grant as its customer sees it; null where a field does not apply. */
export type CustomerGrant = {
  id: string;
  kind: "file" | "link" | "key";
  title: string;
  fileName: string | null;
  sizeBytes: number | null;
  /** Lower-case hex. */
  sha256: string | null;
  version: number | null;
  /** null: unlimited. */
  downloadsLeft: number | null;
  /** ISO 8601, UTC. */
  expiresAt: string | null;
  state: "active" | "waiting" | "held" | "revoked";
  /** The license key itself, while the grant is active. */
  key: string | null;
  /** The key is there and waits for the customer to reveal it (`POST /customer/keys`). */
  isHidden: boolean;
};
