import type { World } from "./world.ts";

/** What must not happen for a moment either, although it would be right again in the end. */
export const watched = {
  moved_back: "An order never goes back to what it was before",
  over_granted: "No commit leaves more granted than is paid for",
  over_limit: "No download is counted above its limit",
  over_activated: "No license is activated above its limit",
  key_moved: "No key leaves its grant",
  marked_again: "No delivery is marked sent again",
} as const;

export type Watched = keyof typeof watched;

const triggers = `
  CREATE SCHEMA chaos;
  CREATE TABLE chaos.breach ("what" text NOT NULL, "detail" text NOT NULL, "at" timestamptz NOT NULL DEFAULT clock_timestamp());

  CREATE FUNCTION chaos.note() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO chaos.breach VALUES (TG_ARGV[0], to_jsonb(OLD) || jsonb_build_object('new', to_jsonb(NEW)));
    RETURN NULL;
  END $$;

  CREATE TRIGGER chaos_moved_back AFTER UPDATE ON "Order" FOR EACH ROW
    WHEN (NEW."updatedAt" < OLD."updatedAt") EXECUTE FUNCTION chaos.note('moved_back');
  CREATE TRIGGER chaos_over_limit AFTER UPDATE ON "Grant" FOR EACH ROW
    WHEN (NEW."used" > OLD."used" AND NEW."used" > NEW."downloadLimit") EXECUTE FUNCTION chaos.note('over_limit');
  CREATE TRIGGER chaos_key_moved AFTER UPDATE ON "PoolKey" FOR EACH ROW
    WHEN (OLD."grantId" <> NEW."grantId" OR (OLD."grantId" IS NOT NULL AND NEW."grantId" IS NULL))
    EXECUTE FUNCTION chaos.note('key_moved');
  CREATE TRIGGER chaos_marked_again AFTER UPDATE ON "Delivery" FOR EACH ROW
    WHEN (OLD."state" = 'sent' AND (NEW."state" <> 'sent' OR NEW."sentAt" IS DISTINCT FROM OLD."sentAt"))
    EXECUTE FUNCTION chaos.note('marked_again');

  CREATE FUNCTION chaos.count_grants() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO chaos.breach
    SELECT 'over_granted', jsonb_build_object('order', o."name", 'status', o."financialStatus", 'line', line."id",
                                              'quantity', line."currentQuantity", 'granted', live.count)
    FROM "OrderLine" line
    JOIN "Order" o ON o."id" = line."orderId"
    JOIN "Attachment" attachment ON attachment."id" = NEW."attachmentId",
    LATERAL (
      SELECT count(*) FROM "Grant"
      WHERE "lineId" = line."id" AND "attachmentId" = NEW."attachmentId" AND "state" <> 'revoked'
    ) AS live
    WHERE line."id" = NEW."lineId" AND live.count > CASE
      WHEN o."cancelledAt" IS NOT NULL OR line."currentQuantity" = 0 THEN 0
      WHEN o."financialStatus" NOT IN ('paid', 'partially_refunded', 'partially_paid') THEN 0
      WHEN o."financialStatus" = 'partially_paid' AND o."paidAt" IS NULL THEN 0
      WHEN attachment."poolId" IS NULL THEN 1
      ELSE line."currentQuantity" * attachment."keysPerUnit" END;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER chaos_over_granted AFTER INSERT OR UPDATE OF "state" ON "Grant"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW."state" <> 'revoked') EXECUTE FUNCTION chaos.count_grants();

  CREATE FUNCTION chaos.count_activations() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO chaos.breach
    SELECT 'over_activated', jsonb_build_object('key', k."keyEnd", 'machines', taken.count)
    FROM "PoolKey" k JOIN "Pool" p ON p."id" = k."poolId",
    LATERAL (SELECT count(*) FROM "Activation" WHERE "keyId" = k."id" AND "blockedAt" IS NULL) AS taken
    WHERE k."id" = NEW."keyId" AND taken.count > coalesce(k."activationLimit", p."activationLimit");
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER chaos_over_activated AFTER INSERT ON "Activation"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION chaos.count_activations();
`;

/** Sets watches on the app's tables, in this database only. */
export async function setWatches(world: World) {
  await world.sql(triggers);
}

export function breachesSeen(world: World): Promise<{ what: Watched; detail: string }[]> {
  return world.sql(`SELECT "what", "detail" FROM chaos.breach ORDER BY "at"`);
}
