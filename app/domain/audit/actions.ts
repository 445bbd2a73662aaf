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
  "attachment_changed",
  "given_to_past",
  "pool_created",
  "pool_changed",
  "pool_deleted",
  "keys_imported",
  "keys_generated",
  "keys_added",
  "keys_changed",
  "keys_disabled",
  "keys_enabled",
  "keys_deleted",
  "keys_moved",
  "keys_exported",
  "keys_returned",
  "key_revealed",
  "key_claimed",
  "license_activated",
  "license_deactivated",
  "license_changed",
  "activation_freed",
  "activation_named",
  "activation_added",
  "activation_removed",
  "activations_reset",
  "activation_suspended",
  "activation_resumed",
  "activation_blocked",
  "activation_unblocked",
  "signing_key_replaced",
  "settings_saved",
  "token_created",
  "token_revoked",
  "license_issued",
  "license_revoked",
  "license_restored",
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
  "customers_merged",
  "redacted",
] as const;

export type AuditAction = (typeof auditActions)[number];

/**
 * Who did it: Shopify's word, our own question what changed there, the customer, the merchant's software by a
 * licensing call, our worker, the person of this Shopify user id, or the merchant's own back end with this API token.
 */
export type ActorId = "shopify" | "sweep" | "customer" | "software" | "worker" | `person:${string}` | `token:${string}`;

/** An actor and from where it acted: what the browser or software that asks for something is known by. */
export type Requester = { id: ActorId; ip: string | null; userAgent: string | null };

export type AuditActor = ActorId | Requester;

/** The part of an actor that names it, as it is stored. */
export function actorId(actor: AuditActor): ActorId {
  return typeof actor === "string" ? actor : actor.id;
}
