-- CreateEnum
CREATE TYPE "KeyFor" AS ENUM ('unit', 'line');

-- CreateEnum
CREATE TYPE "LowUnit" AS ENUM ('percent', 'keys');

-- CreateEnum
CREATE TYPE "KeyImportState" AS ENUM ('uploading', 'checking', 'checked', 'importing', 'done', 'cancelled', 'failed');

-- CreateEnum
CREATE TYPE "BulkRunKind" AS ENUM ('past_orders', 'dry_run');

-- CreateEnum
CREATE TYPE "BulkRunState" AS ENUM ('queued', 'running', 'done', 'cancelled', 'failed');

-- AlterEnum
ALTER TYPE "PoolKeyState" ADD VALUE 'disabled';

-- AlterTable
ALTER TABLE "Shop" ADD COLUMN     "freesPerMonth" INTEGER NOT NULL DEFAULT 3,
ADD COLUMN     "graceDays" INTEGER NOT NULL DEFAULT 14,
ADD COLUMN     "returnsUnseenKeys" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "revealToClaim" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Pool" ADD COLUMN     "generatesOnDemand" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "instructions" TEXT,
ADD COLUMN     "inventoryProblem" TEXT,
ADD COLUMN     "keyFor" "KeyFor" NOT NULL DEFAULT 'unit',
ADD COLUMN     "lowAt" INTEGER NOT NULL DEFAULT 20,
ADD COLUMN     "lowSince" TIMESTAMPTZ(3),
ADD COLUMN     "lowUnit" "LowUnit" NOT NULL DEFAULT 'percent',
ADD COLUMN     "rule" JSONB,
ADD COLUMN     "setsInventory" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "validDays" INTEGER,
ADD COLUMN     "validUntil" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "PoolKey" ADD COLUMN     "activationLimit" INTEGER,
ADD COLUMN     "expiresAt" TIMESTAMPTZ(3),
ADD COLUMN     "holderEmail" TEXT,
ADD COLUMN     "issuedAt" TIMESTAMPTZ(3),
ADD COLUMN     "note" TEXT,
ADD COLUMN     "reference" TEXT;

-- AlterTable
ALTER TABLE "KeyImport" ADD COLUMN     "actor" TEXT,
ADD COLUMN     "cancelledAt" TIMESTAMPTZ(3),
ADD COLUMN     "checkedAt" TIMESTAMPTZ(3),
ADD COLUMN     "finishedAt" TIMESTAMPTZ(3),
ADD COLUMN     "layout" JSONB,
ADD COLUMN     "lines" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "problem" TEXT,
ADD COLUMN     "readBytes" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "reportKey" TEXT,
ADD COLUMN     "served" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "sizeBytes" BIGINT,
ADD COLUMN     "state" "KeyImportState" NOT NULL DEFAULT 'done',
ADD COLUMN     "storageKey" TEXT;

-- AlterTable
ALTER TABLE "Order" ADD COLUMN     "isFree" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "AuditEntry" ADD COLUMN     "actorName" TEXT,
ADD COLUMN     "ip" TEXT,
ADD COLUMN     "userAgent" TEXT;

-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN     "address" TEXT;

-- CreateTable
CREATE TABLE "Activation" (
    "id" UUID NOT NULL,
    "shopId" UUID NOT NULL,
    "keyId" UUID NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "name" TEXT,
    "ip" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "suspendedAt" TIMESTAMPTZ(3),
    "blockedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Activation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiToken" (
    "id" UUID NOT NULL,
    "shopId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "tokenHash" BYTEA NOT NULL,
    "tokenEnd" TEXT NOT NULL,
    "scopes" TEXT[],
    "actor" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApiToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SigningKey" (
    "id" UUID NOT NULL,
    "shopId" UUID NOT NULL,
    "publicJwk" JSONB NOT NULL,
    "ciphertext" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retiredAt" TIMESTAMPTZ(3),

    CONSTRAINT "SigningKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Guess" (
    "id" UUID NOT NULL,
    "shopId" UUID NOT NULL,
    "ip" TEXT NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 1,
    "firstAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Guess_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "BulkRun" (
    "id" UUID NOT NULL,
    "shopId" UUID NOT NULL,
    "kind" "BulkRunKind" NOT NULL,
    "state" "BulkRunState" NOT NULL DEFAULT 'queued',
    "input" JSONB NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER,
    "cursor" TEXT,
    "report" JSONB NOT NULL DEFAULT '{}',
    "problem" TEXT,
    "actor" TEXT NOT NULL,
    "cancelledAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "BulkRun_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Activation_shopId_createdAt_idx" ON "Activation"("shopId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Activation_keyId_fingerprint_key" ON "Activation"("keyId", "fingerprint");

-- CreateIndex
CREATE UNIQUE INDEX "ApiToken_tokenHash_key" ON "ApiToken"("tokenHash");

-- CreateIndex
CREATE INDEX "ApiToken_shopId_createdAt_idx" ON "ApiToken"("shopId", "createdAt");

-- CreateIndex
CREATE INDEX "SigningKey_shopId_createdAt_idx" ON "SigningKey"("shopId", "createdAt");

-- CreateIndex
CREATE INDEX "Guess_lastAt_idx" ON "Guess"("lastAt");

-- CreateIndex
CREATE UNIQUE INDEX "Guess_shopId_ip_key" ON "Guess"("shopId", "ip");

-- CreateIndex
CREATE INDEX "BulkRun_shopId_kind_createdAt_idx" ON "BulkRun"("shopId", "kind", "createdAt");

-- CreateIndex
CREATE INDEX "PoolKey_shopId_holderEmail_idx" ON "PoolKey"("shopId", "holderEmail");

-- CreateIndex
CREATE INDEX "KeyImport_state_createdAt_idx" ON "KeyImport"("state", "createdAt");

-- AddForeignKey
ALTER TABLE "KeyImport" ADD CONSTRAINT "KeyImport_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Activation" ADD CONSTRAINT "Activation_keyId_fkey" FOREIGN KEY ("keyId") REFERENCES "PoolKey"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SigningKey" ADD CONSTRAINT "SigningKey_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Guess" ADD CONSTRAINT "Guess_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BulkRun" ADD CONSTRAINT "BulkRun_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema cannot say.
ALTER TABLE "PoolKey" ADD CONSTRAINT "PoolKey_activationLimit_not_negative" CHECK ("activationLimit" >= 0);
ALTER TABLE "Pool" ADD CONSTRAINT "Pool_valid_once" CHECK (num_nonnulls("validDays", "validUntil") <= 1);
