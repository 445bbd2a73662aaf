-- CreateEnum
CREATE TYPE "UpdatePolicy" AS ENUM ('latest', 'bought', 'months');

-- CreateEnum
CREATE TYPE "DeliveryKind" AS ENUM ('granted', 'keys_arrived', 'new_version', 'fresh_link');

-- CreateEnum
CREATE TYPE "DeliveryState" AS ENUM ('queued', 'sent', 'failed', 'unaddressed');

-- AlterTable
ALTER TABLE "Shop" ADD COLUMN     "announcesVersions" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "brandColor" TEXT,
ADD COLUMN     "digestSentAt" TIMESTAMPTZ(3),
ADD COLUMN     "fulfillLines" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "fulfillNotifies" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "fullySweptAt" TIMESTAMPTZ(3),
ADD COLUMN     "holdHighRisk" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "keysInMail" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "logoUrl" TEXT,
ADD COLUMN     "refundRevokes" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "senderAddress" TEXT,
ADD COLUMN     "signInRequired" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "sweptUntil" TIMESTAMPTZ(3),
ADD COLUMN     "updateMonths" INTEGER,
ADD COLUMN     "updatePolicy" "UpdatePolicy" NOT NULL DEFAULT 'latest';

-- AlterTable
ALTER TABLE "Attachment" ADD COLUMN     "accessDays" INTEGER,
ADD COLUMN     "downloadLimit" INTEGER,
ADD COLUMN     "instructions" TEXT,
ADD COLUMN     "streamOnly" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "updateMonths" INTEGER,
ADD COLUMN     "updatePolicy" "UpdatePolicy";

-- AlterTable
ALTER TABLE "Order" ADD COLUMN     "disputedAt" TIMESTAMPTZ(3),
ADD COLUMN     "fulfilledAt" TIMESTAMPTZ(3),
ADD COLUMN     "releasedAt" TIMESTAMPTZ(3),
ADD COLUMN     "riskLevel" TEXT,
ADD COLUMN     "sourceName" TEXT;

-- AlterTable
ALTER TABLE "Grant" ADD COLUMN     "updatesUntil" TIMESTAMPTZ(3),
ADD COLUMN     "versionId" UUID;

-- AlterTable
ALTER TABLE "Download" ADD COLUMN     "browserHash" BYTEA;

-- CreateTable
CREATE TABLE "Delivery" (
    "id" UUID NOT NULL,
    "shopId" UUID NOT NULL,
    "orderId" UUID NOT NULL,
    "kind" "DeliveryKind" NOT NULL,
    "state" "DeliveryState" NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "tokenHash" BYTEA NOT NULL,
    "tokenCiphertext" BYTEA,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "problem" TEXT,
    "sentAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MailTemplate" (
    "id" UUID NOT NULL,
    "shopId" UUID NOT NULL,
    "kind" "DeliveryKind" NOT NULL,
    "locale" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MailTemplate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Sweep" (
    "id" UUID NOT NULL,
    "shopId" UUID NOT NULL,
    "isFull" BOOLEAN NOT NULL DEFAULT false,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),
    "orders" INTEGER NOT NULL DEFAULT 0,
    "repaired" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,

    CONSTRAINT "Sweep_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Delivery_tokenHash_key" ON "Delivery"("tokenHash");

-- CreateIndex
CREATE INDEX "Delivery_orderId_createdAt_idx" ON "Delivery"("orderId", "createdAt");

-- CreateIndex
CREATE INDEX "Delivery_shopId_state_createdAt_idx" ON "Delivery"("shopId", "state", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "MailTemplate_shopId_kind_locale_key" ON "MailTemplate"("shopId", "kind", "locale");

-- CreateIndex
CREATE INDEX "Sweep_shopId_startedAt_idx" ON "Sweep"("shopId", "startedAt");

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MailTemplate" ADD CONSTRAINT "MailTemplate_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Sweep" ADD CONSTRAINT "Sweep_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- The version a grant gives: the newest that its update policy lets its buyer have.
CREATE VIEW "GrantVersion" AS
SELECT g."id" AS "grantId", v.*
FROM "Grant" g CROSS JOIN LATERAL (
    SELECT * FROM "AssetVersion" av
    WHERE av."assetId" = g."assetId" AND av."state" = 'ready'
      AND (g."versionId" IS NULL OR av."id" = g."versionId" OR av."readyAt" <= g."updatesUntil")
    ORDER BY av."number" DESC
    LIMIT 1
) v;
