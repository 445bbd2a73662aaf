CREATE TABLE "CustomerMerge" (
    "shopId" UUID NOT NULL,
    "deletedId" TEXT NOT NULL,
    "keptId" TEXT NOT NULL,

    CONSTRAINT "CustomerMerge_pkey" PRIMARY KEY ("shopId","deletedId")
);

ALTER TABLE "CustomerMerge" ADD CONSTRAINT "CustomerMerge_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A run goes on until it is done or a person stops it: none was ever "failed".
ALTER TYPE "BulkRunState" RENAME TO "BulkRunState_before";
CREATE TYPE "BulkRunState" AS ENUM ('queued', 'running', 'done', 'cancelled');
ALTER TABLE "BulkRun" ALTER COLUMN "state" DROP DEFAULT;
ALTER TABLE "BulkRun" ALTER COLUMN "state" TYPE "BulkRunState" USING "state"::text::"BulkRunState";
ALTER TABLE "BulkRun" ALTER COLUMN "state" SET DEFAULT 'queued';
DROP TYPE "BulkRunState_before";
