import { z } from "zod";

const id = z.uuid();

/** Every job the worker knows: its name and what its payload must look like. */
export const jobs = {
  /** Learns what a shop calls itself. */
  refresh_shop: z.object({ shopId: id }),
  /** Reads one order over the Admin API and reconciles it. */
  reconcile_order: z.object({ shopId: id, shopifyId: z.string() }),
  /** Tells a customer of new grants. */
  send_delivery: z.object({ deliveryId: id }),
  /** Tells merchants, at most hourly, what needs a person. */
  send_digests: z.object({}),
  /** Asks Shopify what changed lately, shop by shop. */
  sweep: z.object({}),
  sweep_shop: z.object({ shopId: id, isFull: z.boolean() }),
  /** Marks an order's lines that gave something as fulfilled in Shopify. */
  fulfill_lines: z.object({ shopId: id, orderId: id }),
  /** Tells buyers who are entitled to it of a new version. */
  announce_version: z.object({ versionId: id }),
  /** Goes on with long work that a merchant started. */
  bulk_run: z.object({ runId: id }),
  /** Takes up the runs whose worker died. */
  bulk_runs: z.object({}),
  /** The dry run of an import of keys. */
  check_key_import: z.object({ importId: id }),
  /** Adds the keys of an import, all or nothing. */
  add_key_import: z.object({ importId: id }),
  /** Removes the file and the staged lines of an import that has ended. */
  end_key_import: z.object({ importId: id }),
  /** Ends imports that were left alone for a day, and removes what crashes left of others. */
  clean_imports: z.object({}),
  /** Aborts uploads begun more than 7 days ago and never finished. */
  clean_uploads: z.object({}),
  /** Removes objects that nothing refers to any more. */
  delete_objects: z.object({ storageKeys: z.array(z.string()).min(1) }),
  /** Gives keys to grants that still wait although their pool has some: an order that was rolled back may free keys. */
  serve_waiting: z.object({}),
  /** Sets Shopify's stock to the keys left in a pool. */
  set_inventory: z.object({ shopId: id, poolId: id }),
  /** Marks the pools that run low, and has Shopify's stock follow the keys left where it should. */
  watch_pools: z.object({}),
  /** Forgets rejected webhooks after 30 days: their bodies may name customers. */
  forget_rejected: z.object({}),
  /** Forgets addresses that tried unknown keys after 30 days. */
  forget_guesses: z.object({}),
  /** Carries out one of Shopify's privacy requests. */
  carry_out_compliance: z.object({ complianceRequestId: id }),
} as const;

export type JobName = keyof typeof jobs;
export type JobPayload<Name extends JobName> = z.infer<(typeof jobs)[Name]>;
