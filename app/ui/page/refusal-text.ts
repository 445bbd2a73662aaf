import { refusalStatus } from "~/http/refusal-status";
import type { TextKey } from "./texts";

/** What a customer is told, and the status that goes with it. */
export type Refused = { status: number; text: TextKey; values?: Record<string, string> };

const downloadTexts = {
  revoked: "state.revoked",
  held: "state.held",
  waiting: "state.waiting",
  expired: "state.expired",
  stream_only: "refusal.stream_only",
  file_not_ready: "state.file_not_ready",
  limit_reached: "state.limit_reached",
  not_found: "refusal.not_found",
  storage_unavailable: "refusal.storage_unavailable",
} as const;

/** Why a download did not start. */
export function downloadRefusal(reason: keyof typeof downloadTexts): Refused {
  return { status: refusalStatus(reason), text: downloadTexts[reason] };
}

const keyTexts = {
  not_found: "refusal.key_not_found",
  waiting: "state.waiting",
  held: "state.held",
  revoked: "state.revoked",
  expired: "state.expired",
} as const;

/** Why a key was not revealed. */
export function keyRefusal(reason: keyof typeof keyTexts): Refused {
  return { status: refusalStatus(reason), text: keyTexts[reason] };
}
