/** Everything the audit knows. Past tense; the screens hold a sentence for each. */
export const auditActions = [
  "asset_uploaded",
  "asset_linked",
  "asset_changed",
  "asset_archived",
  "asset_unarchived",
  "asset_deleted",
  "attached",
  "detached",
  "pool_created",
  "pool_changed",
  "pool_deleted",
  "keys_imported",
  "key_revealed",
  "license_activated",
  "license_deactivated",
  "signing_key_replaced",
  "settings_saved",
  "granted",
  "served",
  "revoked",
  "restored",
  "held",
  "released",
  "delivered",
  "undelivered",
  "fulfilled",
  "unfulfilled",
  "reset",
  "extended",
  "sent_again",
  "template_saved",
  "template_reset",
  "sender_saved",
  "downloaded",
  "refused",
  "redacted",
] as const;

export type AuditAction = (typeof auditActions)[number];

/**
 * Who did it: Shopify's word, our own question what changed there, the customer, the merchant's software by a
 * licensing call, our worker, or the person of this Shopify user id.
 */
export type AuditActor = "shopify" | "sweep" | "customer" | "software" | "worker" | `person:${string}`;
