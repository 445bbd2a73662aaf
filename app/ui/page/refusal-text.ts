import type { TextKey } from "./texts";

/** What a customer is told, and the status that goes with it. */
export type Refused = { status: number; text: TextKey; values?: Record<string, string> };

type Refusal =
  | "revoked"
  | "held"
  | "waiting"
  | "expired"
  | "stream_only"
  | "file_not_ready"
  | "limit_reached"
  | "not_found"
  | "storage_unavailable";

export const refusals: Record<Refusal, Refused> = {
  revoked: { status: 409, text: "state.revoked" },
  held: { status: 409, text: "state.held" },
  waiting: { status: 409, text: "state.waiting" },
  expired: { status: 409, text: "state.expired" },
  stream_only: { status: 409, text: "refusal.stream_only" },
  file_not_ready: { status: 409, text: "state.file_not_ready" },
  limit_reached: { status: 409, text: "state.limit_reached" },
  not_found: { status: 404, text: "refusal.not_found" },
  storage_unavailable: { status: 503, text: "refusal.storage_unavailable" },
};

type KeyRefusal = "not_found" | "waiting" | "held" | "revoked" | "expired";

/** The same of a key that was to be revealed. */
export const keyRefusals: Record<KeyRefusal, Refused> = {
  not_found: { status: 404, text: "refusal.key_not_found" },
  waiting: { status: 409, text: "state.waiting" },
  held: { status: 409, text: "state.held" },
  revoked: { status: 409, text: "state.revoked" },
  expired: { status: 409, text: "state.expired" },
};
