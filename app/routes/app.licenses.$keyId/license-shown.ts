export type MachineShown = {
  id: string;
  fingerprint: string;
  name: string | null;
  ip: string | null;
  createdAt: string;
  seenAt: string;
  state: "active" | "suspended" | "blocked";
};

/** A license as its page shows it. */
export type LicenseShown = {
  id: string;
  keyEnd: string;
  title: string;
  state: "active" | "revoked" | "disabled" | "held" | "expired";
  takenBy: "order" | "person" | null;
  pool: { id: string; name: string };
  order: { id: string; name: string; email: string | null } | null;
  issued: { at: string; holderEmail: string | null; reference: string | null } | null;
  shownAt: string | null;
  activationLimit: number | null;
  used: number;
  ownLimit: number | null;
  poolLimit: number | null;
  expiresAt: string | null;
  ownExpiresAt: string | null;
  note: string | null;
};
