import { z } from "zod";
import { messageTitles } from "~/ui/message-titles";
import { auditActions, type AuditAction } from "~/domain/audit/actions";

const text = z.string().nullable().catch(null);
const count = z.number().catch(0);

/** What the sentences use of an entry's data; an older entry may lack any of it. */
const Facts = z.object({
  asset: text,
  assetId: text,
  pool: text,
  poolId: text,
  order: text,
  title: text,
  token: text,
  reference: text,
  titles: z.array(z.string()).catch([]),
  productId: text,
  productTitle: text,
  reason: text,
  problem: text,
  kind: text,
  locale: text,
  count,
  keyEnd: text,
  machine: text,
  number: count,
  waiting: count,
  added: count,
  served: count,
  orders: count,
  isCancelled: z.boolean().catch(false),
});
type Facts = z.infer<typeof Facts>;

/** An entry as a screen shows it: one sentence, and the page of what it is about. */
export type AuditLine = { sentence: string; href: string | null };

/**
 * @param entry.action  an action of the audit; one that is not known (any more) is told by its name
 * @param entry.order   the order it is about, where that is known
 */
export function auditLine(entry: {
  action: string;
  data: unknown;
  order: { id: string; name: string } | null;
}): AuditLine {
  const facts = Facts.parse(typeof entry.data === "object" && entry.data !== null ? entry.data : {});
  const named = { ...facts, order: entry.order?.name ?? facts.order };
  const action = auditActions.find((known) => known === entry.action);

  return {
    sentence: action ? sentences[action](named).replace(/ +(?= |:|$)/g, "") : entry.action.replaceAll("_", " "),
    href: entry.order ? `/app/orders/${entry.order.id}` : hrefOf(facts),
  };
}

function hrefOf({ assetId, poolId, productId }: Facts): string | null {
  if (assetId) return `/app/assets/${assetId}`;
  if (poolId) return `/app/pools/${poolId}`;
  if (productId) return `/app/products/${productId.slice(productId.lastIndexOf("/") + 1)}`;
  return null;
}

const sentences: Record<AuditAction, (facts: Facts) => string> = {
  asset_uploaded: ({ asset, number }) =>
    number > 1 ? `Version ${number} of ${asset ?? "a file"} was uploaded` : `${asset ?? "A file"} was uploaded`,
  asset_linked: ({ asset }) => `The link ${asset ?? ""} was added`,
  asset_changed: ({ asset }) => `${asset ?? "An asset"} was changed`,
  asset_archived: ({ asset }) => `${asset ?? "An asset"} was archived`,
  asset_unarchived: ({ asset }) => `${asset ?? "An asset"} was taken out of the archive`,
  asset_deleted: ({ asset }) => `${asset ?? "An asset"} was deleted`,
  attached: (facts) => `${things(facts)} attached to ${facts.productTitle ?? "a product"}`,
  detached: (facts) => `${things(facts)} detached from ${facts.productTitle ?? "a product"}`,
  attachment_changed: ({ titles, productTitle }) =>
    `What buyers of ${productTitle ?? "a product"} get of ${titles[0] ?? "an item"} was changed`,
  given_to_past: (facts) =>
    `${things(facts)} also given to ${counted(facts.orders, "past order", "past orders")} of ${facts.productTitle ?? "a product"}` +
    (facts.isCancelled ? ", then it was cancelled" : ""),
  pool_created: ({ pool }) => `The key pool ${pool ?? ""} was created`,
  pool_changed: ({ pool }) => `The key pool ${pool ?? ""} was changed`,
  pool_deleted: ({ pool }) => `The key pool ${pool ?? ""} was deleted`,
  keys_imported: ({ pool, added, served }) =>
    `${counted(added, "key was", "keys were")} imported into ${pool ?? "a pool"}` +
    (served > 0 ? `; ${counted(served, "customer who waited", "customers who waited")} got theirs` : ""),
  keys_generated: ({ pool, added, served }) =>
    `${counted(added, "key was", "keys were")} made for ${pool ?? "a pool"}` +
    (served > 0 ? `; ${counted(served, "customer who waited", "customers who waited")} got theirs` : ""),
  keys_added: ({ pool, added }) => `${counted(added, "key was", "keys were")} added to ${pool ?? "a pool"} by hand`,
  keys_changed: ({ count }) => `${counted(count, "key was", "keys were")} changed`,
  keys_disabled: ({ count }) => `${counted(count, "key was", "keys were")} disabled`,
  keys_enabled: ({ count }) => `${counted(count, "key was", "keys were")} enabled again`,
  keys_deleted: ({ count }) => `${counted(count, "key was", "keys were")} deleted`,
  keys_moved: ({ pool, count }) => `${counted(count, "key was", "keys were")} moved to ${pool ?? "another pool"}`,
  keys_exported: ({ pool, count }) => `${counted(count, "key", "keys")} of ${pool ?? "a pool"} exported in full`,
  keys_returned: ({ pool, count }) =>
    `${counted(count, "key that its customer never saw", "keys that their customers never saw")} went back to ${pool ?? "a pool"}`,
  key_revealed: ({ order }) => `A key of order ${order ?? ""} was looked at`,
  key_claimed: ({ order, title }) => `The customer of order ${order ?? ""} revealed a key of ${title ?? "a product"}`,
  license_activated: (facts) => `${licenseOf(facts)} was activated${machineOf(facts)}`,
  license_deactivated: (facts) => `${licenseOf(facts)} was deactivated${machineOf(facts)}`,
  license_changed: (facts) => `${licenseOf(facts)} was changed`,
  activation_freed: (facts) =>
    `The customer freed the place of ${facts.machine ?? "a machine"} on ${licenseOf(facts, "the")}`,
  activation_named: (facts) => `A machine of ${licenseOf(facts, "the")} is called ${facts.machine ?? "otherwise"} now`,
  activation_added: (facts) => `${machineAs(facts)} was added to ${licenseOf(facts, "the")}`,
  activation_removed: (facts) => `${machineAs(facts)} was removed from ${licenseOf(facts, "the")}`,
  activations_reset: (facts) =>
    `${counted(facts.count, "machine was", "machines were")} removed from ${licenseOf(facts, "the")}`,
  activation_suspended: (facts) => `${machineAs(facts)} was suspended on ${licenseOf(facts, "the")}`,
  activation_resumed: (facts) => `${machineAs(facts)} may go on with ${licenseOf(facts, "the")}`,
  activation_blocked: (facts) => `${machineAs(facts)} was blocked on ${licenseOf(facts, "the")}`,
  activation_unblocked: (facts) => `${machineAs(facts)} is no longer blocked on ${licenseOf(facts, "the")}`,
  signing_key_replaced: () => "The key that signs offline licenses was replaced",
  settings_saved: () => "Settings were saved",
  token_created: ({ token }) => `The API token ${token ?? ""} was created`,
  token_revoked: ({ token }) => `The API token ${token ?? ""} was revoked`,
  license_issued: (facts) => `A license ${ofPool(facts)} was issued`,
  license_revoked: (facts) => `An issued license ${ofPool(facts)} was revoked`,
  license_restored: (facts) => `An issued license ${ofPool(facts)} was given back`,
  granted: ({ order, count, waiting }) =>
    `Order ${order ?? ""} was given ${counted(count, "item", "items")}` +
    (waiting > 0 ? `, ${waiting} of them waiting for keys` : ""),
  served: ({ order }) => `Order ${order ?? ""} got the key it waited for`,
  revoked: ({ order, title, count }) => `${given(title, count)} taken back from order ${order ?? ""}`,
  restored: ({ order, title, count }) => `${given(title, count)} given back to order ${order ?? ""}`,
  reset: ({ order, title }) => `The download count of ${title ?? "an item"} in order ${order ?? ""} was reset`,
  extended: ({ order, title }) => `${title ?? "An item"} of order ${order ?? ""} was extended`,
  held: ({ order }) => `Order ${order ?? ""} was held back`.replace("  ", " "),
  released: ({ order }) => `Order ${order ?? ""} was released`.replace("  ", " "),
  fulfilled: ({ order }) => `Shopify was told that order ${order ?? ""} is fulfilled`.replace("  ", " "),
  unfulfilled: ({ order, problem }) =>
    `Shopify did not take that order ${order ?? ""} is fulfilled: ${problem ?? "it failed"}`.replace("  ", " "),
  delivered: ({ order }) => `The customer of order ${order ?? ""} was written to`.replace("  ", " "),
  undelivered: ({ order, problem }) =>
    `The customer of order ${order ?? ""} could not be written to: ${problem ?? "it failed"}`,
  sent_again: ({ order }) => `The message about order ${order ?? ""} was sent again`.replace("  ", " "),
  template_saved: (facts) => `${messageOf(facts)} was edited`,
  template_reset: (facts) => `${messageOf(facts)} was set back`,
  sender_saved: () => "How messages look and whom they come from was changed",
  downloaded: ({ order, title }) => `${title ?? "A file"} was downloaded by the customer of order ${order ?? ""}`,
  refused: ({ order, title, reason }) =>
    `A download of ${title ?? "a file"} in order ${order ?? ""} was refused: ${refusals[reason ?? ""] ?? "not allowed"}`,
  customers_merged: ({ orders }) =>
    `${counted(orders, "order", "orders")} went to the customer whom Shopify merged theirs with`,
  redacted: ({ orders }) => `A customer's data was erased from ${counted(orders, "order", "orders")}, as Shopify asked`,
};

const messageNames: Record<string, string> = messageTitles;

const refusals: Record<string, string> = {
  waiting: "it waits for a key",
  held: "it is held back",
  revoked: "it was taken back",
  expired: "access has ended",
  limit_reached: "no downloads are left",
  stream_only: "it plays on its page and is not downloaded",
  file_not_ready: "the file is not uploaded yet",
  storage_unavailable: "the storage did not answer",
};

function licenseOf({ title, keyEnd }: Facts, the: "The" | "the" = "The"): string {
  return `${the} license ${keyEnd ? `…${keyEnd} ` : ""}of ${title ?? "a product"}`;
}

function machineAs({ machine }: Facts): string {
  return machine ? `The machine ${machine}` : "A machine";
}

function machineOf({ machine }: Facts): string {
  return machine ? ` on ${machine}` : "";
}

function things({ titles, count }: Facts): string {
  const [first = "Something"] = titles;
  if (count <= 1) return `${first} was`;
  return `${first} and ${counted(count - 1, "other", "others")} were`;
}

function given(title: string | null, count: number): string {
  return title ? `${title} was` : counted(count, "item was", "items were");
}

function ofPool({ pool, reference }: Facts): string {
  return `of ${pool ?? "a pool"}${reference ? ` (${reference})` : ""}`;
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

function messageOf({ kind, locale }: Facts): string {
  const name = messageNames[kind ?? ""];
  return name ? `The message “${name}” (${locale ?? "every language"})` : "A message";
}
