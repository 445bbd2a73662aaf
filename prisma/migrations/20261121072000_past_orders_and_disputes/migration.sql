-- Past orders of a product are counted and walked by it: of 300,000 lines in 12 ms instead of 70.
CREATE INDEX "OrderLine_productId_idx" ON "OrderLine"("productId");

-- Home counts the disputed orders, and every five minutes it is asked whose customers could not be told lately: both
-- are few among millions.
CREATE INDEX "Order_disputed" ON "Order"("shopId", "disputedAt") WHERE "disputedAt" IS NOT NULL;
CREATE INDEX "AuditEntry_undelivered" ON "AuditEntry"("shopId", "at") WHERE "action" = 'undelivered';
