import { check, type Check } from "./check.ts";
import type { Had } from "./customers.ts";
import type { Owed } from "./owed.ts";
import type { Message, ShopOrder, World } from "./world.ts";
import { breachesSeen, watched, type Watched } from "./watch.ts";

type StoredOrder = {
  shopifyId: string;
  financialStatus: string;
  isCancelled: boolean;
  quantities: Record<string, number>;
};

/** The orders as stored are the orders as the store has them. */
export async function checkOrders(world: World, orders: ShopOrder[]): Promise<Check> {
  const stored = await world.sql<StoredOrder>(
    `SELECT o."shopifyId", o."financialStatus", o."cancelledAt" IS NOT NULL AS "isCancelled",
            jsonb_object_agg(l."shopifyId", l."currentQuantity") AS quantities
     FROM "Order" o JOIN "OrderLine" l ON l."orderId" = o."id" GROUP BY o."id"`,
  );
  const byId = Map.groupBy(stored, ({ shopifyId }) => shopifyId);
  return check("Every order is stored once, as Shopify has it", orders, (order) => {
    const [row, ...more] = byId.get(order.id) ?? [];
    if (!row) return `${order.name} is not known to the app`;
    if (more.length > 0) return `${order.name} is stored ${more.length + 1} times`;
    const said = [row.financialStatus, row.isCancelled, ...order.lines.map(({ id }) => row.quantities[id])].join();
    const is = [
      order.financialStatus,
      order.cancelledAt !== null,
      ...order.lines.map((line) => line.currentQuantity),
    ].join();
    return said === is ? null : `${order.name} is ${is} and stored as ${said}`;
  });
}

type StoredGrant = {
  id: string;
  shopifyId: string;
  lineId: string;
  attachmentId: string;
  state: string;
  units: number;
  used: number;
  quantity: number;
  currentQuantity: number;
  downloadLimit: number | null;
  downloadLimitPerUnit: number | null;
  keyHash: string | null;
  keyState: string | null;
  isForKey: boolean;
  started: number;
};

function grants(world: World): Promise<StoredGrant[]> {
  return world.sql<StoredGrant>(
    `SELECT g."id", o."shopifyId", l."shopifyId" AS "lineId", g."attachmentId", g."state", g."units", g."used",
            l."quantity", l."currentQuantity", g."downloadLimit", g."downloadLimitPerUnit",
            encode(k."keyHash", 'hex') AS "keyHash", k."state" AS "keyState", g."poolId" IS NOT NULL AS "isForKey",
            (SELECT count(*) FROM "Download" WHERE "grantId" = g."id" AND "outcome" = 'started')::int AS started
     FROM "Grant" g JOIN "Order" o ON o."id" = g."orderId" JOIN "OrderLine" l ON l."id" = g."lineId"
     LEFT JOIN "PoolKey" k ON k."grantId" = g."id"`,
  );
}

/** What is granted is what was paid for. */
export async function checkGrants(world: World, owed: Owed[], downloads: Had["downloads"]): Promise<Check[]> {
  const all = await grants(world);
  const live = Map.groupBy(
    all.filter(({ state }) => state !== "revoked"),
    ({ lineId, attachmentId }) => `${lineId} ${attachmentId}`,
  );
  const known = new Set(owed.map(({ lineId, attachmentId }) => `${lineId} ${attachmentId}`));
  const of = ({ lineId, attachmentId }: Owed) => live.get(`${lineId} ${attachmentId}`) ?? [];
  const say = ({ order, lineId, kind }: Owed, words: string) =>
    `${order.name} (${order.financialStatus}) ${kind} of ${lineId}: ${words}`;

  return [
    check(
      "Every paid unit is granted exactly once",
      owed.filter((one) => one.grants > 0),
      (one) => {
        const there = of(one);
        if (there.length !== one.grants) return say(one, `${one.grants} owed, ${there.length} granted`);
        const wrong = there.find(({ state }) => state !== "active");
        if (wrong) return say(one, `one is ${wrong.state}`);
        const resized = there.find(({ isForKey, units }) => !isForKey && units !== one.units);
        return resized ? say(one, `made of ${resized.units} units instead of ${one.units}`) : null;
      },
    ),
    check(
      "Nothing unpaid is granted",
      owed.filter((one) => one.grants === 0),
      (one) => (of(one).length > 0 ? say(one, `${of(one).length} granted, none owed`) : null),
    ),
    check("Nothing is granted that no attachment gives", live.keys(), (place) =>
      known.has(place) ? null : `${place} is granted`,
    ),
    check(
      "Every open key grant has a key of its own",
      all.filter(({ isForKey }) => isForKey),
      (grant) => {
        if (grant.state === "active" && grant.keyState !== "granted")
          return `${grant.id} is active, its key ${grant.keyState}`;
        return grant.state === "revoked" && grant.keyState === "granted"
          ? `${grant.id} is revoked, its key granted`
          : null;
      },
    ),
    check(
      "Download counts stay within their limits",
      all.filter(({ isForKey }) => !isForKey),
      (grant) => {
        const most =
          grant.quantity === grant.currentQuantity
            ? grant.downloadLimit
            : (grant.downloadLimitPerUnit ?? 0) * grant.quantity;
        if (most !== null && grant.used > most) return `${grant.id}: ${grant.used} of ${most} downloads`;
        if (grant.used !== grant.started) return `${grant.id}: ${grant.used} counted, ${grant.started} written down`;
        const given = downloads.get(grant.id) ?? 0;
        return given > grant.used ? `${grant.id}: ${given} given, ${grant.used} counted` : null;
      },
    ),
  ];
}

type Telling = { id: string; order: string; state: string; attempts: number; marks: number; hasAddress: boolean };

/** Customers were told, at least once, and that is written down once. */
export async function checkDeliveries(world: World, owed: Owed[], messages: Message[]): Promise<Check[]> {
  const deliveries = await world.sql<Telling>(
    `SELECT d."id", o."shopifyId" AS "order", d."state", d."attempts", o."email" IS NOT NULL AS "hasAddress",
            (SELECT count(*) FROM "AuditEntry" WHERE "orderId" = o."id" AND "action" = 'delivered'
               AND "data"->>'deliveryId' = d."id"::text)::int AS marks
     FROM "Delivery" d JOIN "Order" o ON o."id" = d."orderId"`,
  );
  const sent = new Set(messages.map(({ headers }) => /<([0-9a-f-]{36})@/.exec(headers["message-id"] ?? "")?.[1]));
  const told = new Set(deliveries.filter(({ state }) => state === "sent").map(({ order }) => order));
  const owing = Map.groupBy(
    owed.filter(({ grants: count }) => count > 0),
    ({ order }) => order,
  );

  return [
    check(
      "Every delivery was sent at least once and is marked once",
      deliveries,
      ({ id, state, marks, attempts, hasAddress }) => {
        if (!hasAddress) return state === "unaddressed" ? null : `${id} has no address and is ${state}`;
        if (state !== "sent") return `${id} is ${state} after ${attempts} attempts`;
        if (!sent.has(id)) return `${id} is marked sent, and no message came`;
        return marks === 1 ? null : `${id} is marked ${marks} times`;
      },
    ),
    check("Every order that is owed something was told of it", owing.keys(), (order) =>
      order.email === null || told.has(order.id) ? null : `${order.name} was not told`,
    ),
  ];
}

/** Keys were given to those who waited in the order in which they came. */
export async function checkTurns(world: World): Promise<Check> {
  const served = await world.sql<{ id: string; poolId: string; came: Date; served: Date }>(
    `SELECT g."id", g."poolId", g."createdAt" AS came, a."at" AS served
     FROM "AuditEntry" a JOIN "Grant" g ON g."id" = a."grantId"
     WHERE a."action" = 'served'
       AND NOT EXISTS (SELECT 1 FROM "AuditEntry" WHERE "orderId" = g."orderId" AND "action" IN ('restored', 'released'))
     ORDER BY a."at", g."createdAt"`,
  );
  const slackMs = 5_000; // a transaction under way when keys came is not seen waiting
  return check("Those who waited for keys were served in turn", served, ({ id, poolId, came, served: at }) => {
    const earlier = served.find(
      (other) => other.poolId === poolId && +other.came < +came && +other.served > +at && +other.came < +at - slackMs,
    );
    return earlier ? `${id} was served before ${earlier.id}, which had waited longer` : null;
  });
}

/** Nothing waits for somebody who never comes. */
export async function checkLimbo(world: World, unsettled: object | null): Promise<Check[]> {
  const jobs = await world.sql<{ id: string; task: string; why: string | null }>(
    `SELECT id, task_identifier AS task, CASE
       WHEN locked_at < now() - interval '30 seconds' THEN 'locked for ' || (now() - locked_at)
       WHEN attempts >= max_attempts AND (key IS NOT NULL OR last_error IS NULL OR updated_at = created_at)
         THEN 'given up: ' || coalesce(last_error, 'never failed')
       WHEN run_at < now() - interval '30 seconds' AND locked_at IS NULL AND attempts < max_attempts THEN 'not begun since ' || run_at
       END AS why
     FROM graphile_worker.jobs`,
  );
  const shut = await world.sql<{ name: string; why: string | null }>(
    `SELECT o."name", CASE
       WHEN EXISTS (SELECT 1 FROM "Grant" WHERE "orderId" = o."id" AND "state" IN ('waiting', 'held')) THEN 'waits or is held'
       WHEN o."fulfillProblem" IS NOT NULL THEN 'not fulfilled: ' || o."fulfillProblem"
       WHEN o."fulfilledAt" IS NULL AND EXISTS (SELECT 1 FROM "Grant" WHERE "orderId" = o."id" AND "state" = 'active')
         THEN 'Shopify was never told that it is fulfilled'
       END AS why
     FROM "Order" o`,
  );
  return [
    check("No job is stuck", jobs, ({ id, task, why }) => why && `${task} ${id} is ${why}`),
    check("No order is left in limbo", shut, ({ name, why }) => why && `${name}: ${why}`),
    check("All was settled in the time for it", [unsettled], (left) => left && JSON.stringify(left)),
  ];
}

/** What the watches saw while it ran. */
export async function checkWatches(world: World): Promise<Check[]> {
  const breaches = await breachesSeen(world);
  const [looked] = await world.sql<Record<Watched, number>>(
    `SELECT (SELECT count(*) FROM "Order")::int AS moved_back, (SELECT count(*) FROM "Grant")::int AS over_granted,
            (SELECT count(*) FROM "Download")::int AS over_limit, (SELECT count(*) FROM "PoolKey")::int AS key_moved,
            (SELECT count(*) FROM "Activation")::int AS over_activated,
            (SELECT count(*) FROM "Delivery")::int AS marked_again`,
  );
  return (Object.keys(watched) as Watched[]).map((name) => ({
    what: watched[name],
    lookedAt: looked?.[name] ?? 0,
    breaches: breaches.filter(({ what }) => what === name).map(({ detail }) => detail),
  }));
}
