-- AlterTable
ALTER TABLE "Grant" ADD COLUMN     "exposedAt" TIMESTAMPTZ(3);

-- Nobody kept which of these were looked at: they count as seen.
UPDATE "Grant" SET "exposedAt" = now() WHERE "poolId" IS NOT NULL AND "state" <> 'waiting';
