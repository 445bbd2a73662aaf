-- What a pool sold of late is counted from this index alone.
CREATE INDEX "Grant_sold" ON "Grant" ("poolId", "createdAt") WHERE "poolId" IS NOT NULL;

-- AlterTable
ALTER TABLE "Pool" ADD COLUMN     "inventorySet" INTEGER,
ADD COLUMN     "inventorySetAt" TIMESTAMPTZ(3);
