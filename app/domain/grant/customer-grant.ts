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
  /** Machines a license may be used on at a time; null: any number, or no license. */
  activationLimit: number | null;
  /** The machines of a license that the customer may use now, at most 50; null for anything else. */
  activations: CustomerMachine[] | null;
  /** How often its customer may free a place yet, and from when on again (ISO 8601, UTC). */
  freesLeft: number | null;
  nextFreeAt: string | null;
};

/** A machine as its customer sees it; moments are ISO 8601, UTC. */
export type CustomerMachine = {
  id: string;
  name: string | null;
  fingerprintEnd: string;
  createdAt: string;
  seenAt: string;
  /** By the merchant: it keeps its place and does not work. */
  isPaused: boolean;
};
