-- One license per number that the merchant's own software gave it.
CREATE UNIQUE INDEX "PoolKey_reference" ON "PoolKey" ("shopId", "reference") WHERE "reference" IS NOT NULL;

-- A shop's licenses page by page, past a million keys that nobody has.
CREATE INDEX "PoolKey_licenses" ON "PoolKey" ("shopId", "id") WHERE "grantId" IS NOT NULL OR "issuedAt" IS NOT NULL;
