-- AlterTable
ALTER TABLE "Order" ADD COLUMN     "fulfillProblem" TEXT;

-- AlterTable
ALTER TABLE "Sweep" ADD COLUMN     "cursor" TEXT,
ADD COLUMN     "heldUntil" TIMESTAMPTZ(3);

-- One sweep of each kind under way per shop: whoever comes second goes on with it.
CREATE UNIQUE INDEX "Sweep_under_way" ON "Sweep"("shopId", "isFull") WHERE "finishedAt" IS NULL;

-- What waits for a person is found without reading every order.
CREATE INDEX "Order_unfulfilled" ON "Order"("shopId") WHERE "fulfillProblem" IS NOT NULL;
CREATE INDEX "Grant_held" ON "Grant"("shopId", "orderId") WHERE "state" = 'held';
