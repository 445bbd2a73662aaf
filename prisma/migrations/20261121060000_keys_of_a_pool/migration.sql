-- A foreign key asks for the pool once for each key: a quarter of what adding a million keys costs. These ask once for
-- each statement, and hold the same. Prisma does not know: a migration that it drafts wants the foreign key back.
ALTER TABLE "PoolKey" DROP CONSTRAINT "PoolKey_poolId_fkey";

CREATE FUNCTION "require_pools_of_added_keys"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  missing uuid;
BEGIN
  WITH named AS (SELECT DISTINCT "poolId" AS id FROM added),
       kept AS (SELECT "Pool".id FROM "Pool" JOIN named USING (id) FOR KEY SHARE OF "Pool")
  SELECT id INTO missing FROM named WHERE id NOT IN (SELECT id FROM kept) LIMIT 1;
  IF FOUND THEN
    RAISE foreign_key_violation
      USING MESSAGE = format('keys of the pool %s, which does not exist', missing), CONSTRAINT = 'PoolKey_poolId_fkey';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION "require_pool_of_moved_key"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM "Pool" WHERE id = NEW."poolId" FOR KEY SHARE;
  IF NOT FOUND THEN
    RAISE foreign_key_violation
      USING MESSAGE = format('a key of the pool %s, which does not exist', NEW."poolId"), CONSTRAINT = 'PoolKey_poolId_fkey';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION "delete_keys_of_pool"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "PoolKey" WHERE "poolId" = OLD.id;
  RETURN NULL;
END $$;

CREATE TRIGGER "PoolKey_added" AFTER INSERT ON "PoolKey" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION "require_pools_of_added_keys"();
CREATE TRIGGER "PoolKey_moved" AFTER UPDATE OF "poolId" ON "PoolKey"
  FOR EACH ROW WHEN (OLD."poolId" IS DISTINCT FROM NEW."poolId") EXECUTE FUNCTION "require_pool_of_moved_key"();
CREATE TRIGGER "Pool_deleted" AFTER DELETE ON "Pool" FOR EACH ROW EXECUTE FUNCTION "delete_keys_of_pool"();
