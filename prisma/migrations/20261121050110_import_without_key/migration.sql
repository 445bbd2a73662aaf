-- DropForeignKey
ALTER TABLE "PoolKey" DROP CONSTRAINT "PoolKey_importId_fkey";
