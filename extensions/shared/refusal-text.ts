import type { Refused } from "./call-app";
import { text, type Host, type TextKey } from "./host";

const sentences: Record<string, TextKey> = {
  not_found: "refusal.not_found",
  waiting: "state.waiting",
  held: "state.held",
  revoked: "state.revoked",
  expired: "state.expired",
  limit_reached: "state.used_up",
  paused: "refusal.paused",
  frees_off: "machine.freesOff",
  file_not_ready: "refusal.file_not_ready",
  storage_unavailable: "refusal.storage_unavailable",
  unavailable: "refusal.unavailable",
  rate_limited: "refusal.rate_limited",
  order_not_found: "refusal.order_not_found",
  order_not_yours: "refusal.order_not_found",
  sign_in_required: "refusal.sign_in_required",
  missing_token: "refusal.session_ended",
  invalid_token: "refusal.session_ended",
  wrong_audience: "refusal.not_configured",
  unknown_shop: "refusal.not_configured",
  not_configured: "refusal.not_configured",
  unreachable: "refusal.unreachable",
  unreadable: "refusal.unavailable",
};

/** A refusal in the customer's language; one we do not know says what the app says. */
export function refusalText(host: Host, { code, message }: Refused): string {
  const key = Object.hasOwn(sentences, code) ? sentences[code] : undefined;
  return key ? text(host, key) : message || text(host, "refusal.unavailable");
}

/** The same of a machine that was to be named or freed. */
export function machineRefusalText(host: Host, refused: Refused): string {
  if (refused.code === "not_found") return text(host, "refusal.machine_not_found");
  return refusalText(host, refused);
}

const UNPROVEN = ["order_not_found", "order_not_yours", "sign_in_required", "missing_token", "invalid_token"];

/** Whether signing in may help: the app does not know that the order is the viewer's. */
export function isUnproven({ code }: Refused): boolean {
  return UNPROVEN.includes(code);
}
