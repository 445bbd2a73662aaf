import type { ComplianceRequest, RejectedWebhook } from "@prisma/client";
import { db } from "~/db.server";
import { countUndelivered } from "~/domain/delivery/list-undelivered.server";
import { listUnfulfilled, type Unfulfilled } from "~/domain/fulfillment/list-unfulfilled.server";
import { countAlarmingGuesses } from "~/domain/guess/list-guesses.server";
import { listLowPools, type LowPool } from "~/domain/pool/list-low-pools.server";
import { findSweeping } from "~/domain/sweep/find-sweeping.server";

const REPORT_SHOWN_DAYS = 30; // the time Shopify gives to hand it over
const DISPUTE_SHOWN_DAYS = 30;
const REJECTED_SHOWN = 20;
const BODY_SHOWN = 4_000;

export type StarvedPool = { id: string; name: string; waiting: number };
export type RejectedDelivery = Pick<RejectedWebhook, "id" | "topic" | "reason" | "receivedAt" | "body">;
export type PrivacyRequest = Pick<ComplianceRequest, "id" | "topic" | "receivedAt"> & { hasReport: boolean };

/** What waits for a person. */
export type Concerns = {
  /** Pools whose keys ran out while customers wait for one; the most waiting first. */
  starvedPools: StarvedPool[];
  /** Pools that run low and whose keys nobody waits for, the first to be empty first. */
  lowPools: LowPool[];
  /** Pools whose keys left could not be set as Shopify's stock, with the reason. */
  unsetInventory: { id: string; name: string; problem: string }[];
  /** Orders whose customers could not be told of them. */
  undelivered: { failed: number; unaddressed: number };
  /** Orders held back until a person lets them go. */
  held: number;
  /** Orders of which a dispute was opened in the last 30 days. */
  disputed: number;
  /** Orders that Shopify would not take as fulfilled, by reason. */
  unfulfilled: Unfulfilled[];
  /** Addresses that tried so many unknown license keys lately that they are guessing. */
  guessing: number;
  /** What keeps Featherpost from asking Shopify which orders changed; null: nothing. */
  sweepProblem: string | null;
  /** Orders that fail to be brought up to date again and again. */
  stuckOrders: number;
  /** Webhooks that could not be understood, newest first; bodies are cut after 4,000 characters. */
  rejected: RejectedDelivery[];
  /** Requests under way, and reports to hand to a customer. */
  privacy: PrivacyRequest[];
};

export async function listConcerns(shop: { id: string; domain: string }, now: Date): Promise<Concerns> {
  const reportsSince = new Date(now.getTime() - REPORT_SHOWN_DAYS * 86_400_000);
  const disputesSince = new Date(now.getTime() - DISPUTE_SHOWN_DAYS * 86_400_000);
  const [starved, low, unset, undelivered, held, disputed, unfulfilled, guessing, sweeping, rejected, requests] =
    await Promise.all([
      listStarvedPools(shop.id),
      listLowPools(shop.id, now),
      db.pool.findMany({
        where: { shopId: shop.id, archivedAt: null, setsInventory: true, inventoryProblem: { not: null } },
        select: { id: true, name: true, inventoryProblem: true },
        orderBy: [{ name: "asc" }, { id: "asc" }],
      }),
      countUndelivered(shop.id, now),
      countHeld(shop.id),
      db.order.count({ where: { shopId: shop.id, disputedAt: { gt: disputesSince } } }),
      listUnfulfilled(shop.id),
      countAlarmingGuesses(shop.id, now),
      findSweeping(shop.id, now),
      db.rejectedWebhook.findMany({
        where: { shopDomain: shop.domain },
        orderBy: { receivedAt: "desc" },
        take: REJECTED_SHOWN,
      }),
      db.$queryRaw<PrivacyRequest[]>`
      SELECT "id", "topic", "receivedAt", "report" IS NOT NULL AS "hasReport" FROM "ComplianceRequest"
      WHERE "shopId" = ${shop.id}::uuid
        AND ("completedAt" IS NULL OR ("report" IS NOT NULL AND "completedAt" > ${reportsSince}))
      ORDER BY "receivedAt"`,
    ]);

  return {
    starvedPools: starved,
    lowPools: low.filter(({ id }) => !starved.some((pool) => pool.id === id)),
    unsetInventory: unset.map(({ id, name, inventoryProblem }) => ({ id, name, problem: inventoryProblem ?? "" })),
    undelivered,
    held,
    disputed,
    unfulfilled,
    guessing,
    sweepProblem: sweeping.problem,
    stuckOrders: sweeping.stuck,
    rejected: rejected.map(({ id, topic, reason, receivedAt, body }) => {
      return { id, topic, reason, receivedAt, body: body.slice(0, BODY_SHOWN) };
    }),
    privacy: requests,
  };
}

async function countHeld(shopId: string): Promise<number> {
  const [held] = await db.$queryRaw<{ orders: number }[]>`
    SELECT count(DISTINCT "orderId")::int AS "orders" FROM "Grant" WHERE "shopId" = ${shopId}::uuid AND "state" = 'held'`;
  return held?.orders ?? 0;
}

async function listStarvedPools(shopId: string): Promise<StarvedPool[]> {
  return db.$queryRaw<StarvedPool[]>`
    SELECT p."id", p."name", count(*)::int AS "waiting"
    FROM "Pool" p JOIN "Grant" g ON g."poolId" = p."id" AND g."state" = 'waiting'
    WHERE p."shopId" = ${shopId}::uuid
    GROUP BY p."id" ORDER BY "waiting" DESC, p."name"`;
}
