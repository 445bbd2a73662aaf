/** A grant as its page shows it. */
export type GrantShown = {
  id: string;
  kind: "file" | "link" | "key";
  title: string;
  state: "active" | "waiting" | "held" | "revoked";
  revokedBy: "order" | "person" | null;
  used: number;
  downloadLimit: number | null;
  expiresAt: string | null;
  key: {
    id: string;
    end: string;
    state: string;
    shownAt: string | null;
    expiresAt: string | null;
    used: number;
    activationLimit: number | null;
  } | null;
  downloads: DownloadShown[];
};

export type DownloadShown = {
  id: string;
  at: string;
  ip: string | null;
  userAgent: string | null;
  outcome: string;
  fileName: string | null;
};
