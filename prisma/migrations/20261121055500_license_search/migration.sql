CREATE INDEX "Activation_shopId_fingerprint_idx" ON "Activation"("shopId", "fingerprint");

-- What Prisma cannot name: the history of licenses without an order, and what licenses are found and listed by.
CREATE INDEX "AuditEntry_keyId_idx" ON "AuditEntry"(("data"->>'keyId'), "at") WHERE "data" ? 'keyId';
CREATE INDEX "PoolKey_sold_keyEnd_idx" ON "PoolKey"("shopId", "keyEnd") WHERE "state" <> 'available';
CREATE INDEX "PoolKey_issuedAt_idx" ON "PoolKey"("shopId", "issuedAt", "id") WHERE "issuedAt" IS NOT NULL;
