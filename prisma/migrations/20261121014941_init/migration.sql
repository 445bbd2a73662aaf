-- CreateEnum
CREATE TYPE "AssetKind" AS ENUM ('file', 'link');

-- CreateEnum
CREATE TYPE "AssetVersionState" AS ENUM ('uploading', 'ready');

-- CreateEnum
CREATE TYPE "PoolKeyState" AS ENUM ('available', 'granted', 'revoked');

-- CreateEnum
CREATE TYPE "GrantState" AS ENUM ('active', 'waiting', 'held', 'revoked');

-- CreateEnum
CREATE TYPE "RevokedBy" AS ENUM ('order', 'person');

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL,
    "shop" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "isOnline" BOOLEAN NOT NULL DEFAULT false,
    "scope" TEXT,
    "expires" TIMESTAMP(3),
    "accessToken" TEXT NOT NULL,
    "userId" BIGINT,
    "firstName" TEXT,
    "lastName" TEXT,
    "email" TEXT,
    "accountOwner" BOOLEAN,
    "locale" TEXT,
    "collaborator" BOOLEAN,
    "emailVerified" BOOLEAN,
    "refreshToken" TEXT,
    "refreshTokenExpires" TIMESTAMP(3),

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Shop" (
    "id" UUID NOT NULL,
    "domain" TEXT NOT NULL,
    "name" TEXT,
    "installedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "uninstalledAt" TIMESTAMPTZ(3),
    "downloadLimit" INTEGER DEFAULT 5,
    "accessDays" INTEGER,
    "linkHours" INTEGER NOT NULL DEFAULT 72,
    "senderName" TEXT,
    "supportAddress" TEXT,
    "guideDismissedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Shop_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Asset" (
    "id" UUID NOT NULL,
    "shopId" UUID NOT NULL,
    "kind" "AssetKind" NOT NULL,
    "title" TEXT NOT NULL,
    "url" TEXT,
    "currentVersionId" UUID,
    "sizeBytes" BIGINT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Asset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AssetVersion" (
    "id" UUID NOT NULL,
    "shopId" UUID NOT NULL,
    "assetId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "state" "AssetVersionState" NOT NULL DEFAULT 'uploading',
    "storageKey" TEXT NOT NULL,
    "uploadId" TEXT,
    "fileName" TEXT NOT NULL,
    "contentType" TEXT NOT NULL,
    "sizeBytes" BIGINT NOT NULL,
    "partSizeBytes" INTEGER NOT NULL,
    "sha256" TEXT,
    "lastModified" BIGINT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "readyAt" TIMESTAMPTZ(3),

    CONSTRAINT "AssetVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Attachment" (
    "id" UUID NOT NULL,
    "shopId" UUID NOT NULL,
    "productId" TEXT NOT NULL,
    "variantId" TEXT,
    "assetId" UUID,
    "poolId" UUID,
    "keysPerUnit" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "detachedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Pool" (
    "id" UUID NOT NULL,
    "shopId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "activationLimit" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Pool_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PoolKey" (
    "id" UUID NOT NULL,
    "shopId" UUID NOT NULL,
    "poolId" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "ciphertext" BYTEA NOT NULL,
    "keyHash" BYTEA NOT NULL,
    "keyEnd" TEXT NOT NULL,
    "state" "PoolKeyState" NOT NULL DEFAULT 'available',
    "grantId" UUID,
    "importId" UUID,

    CONSTRAINT "PoolKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "KeyImport" (
    "id" UUID NOT NULL,
    "shopId" UUID NOT NULL,
    "poolId" UUID NOT NULL,
    "fileName" TEXT NOT NULL,
    "added" INTEGER NOT NULL,
    "duplicates" INTEGER NOT NULL,
    "bad" INTEGER NOT NULL,
    "report" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "KeyImport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Order" (
    "id" UUID NOT NULL,
    "shopId" UUID NOT NULL,
    "shopifyId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "customerId" TEXT,
    "checkoutTokenHash" BYTEA,
    "locale" TEXT,
    "financialStatus" TEXT NOT NULL,
    "cancelledAt" TIMESTAMPTZ(3),
    "processedAt" TIMESTAMPTZ(3) NOT NULL,
    "paidAt" TIMESTAMPTZ(3),
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "factsHash" BYTEA NOT NULL,
    "redactedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OrderLine" (
    "id" UUID NOT NULL,
    "shopId" UUID NOT NULL,
    "orderId" UUID NOT NULL,
    "shopifyId" TEXT NOT NULL,
    "productId" TEXT,
    "variantId" TEXT,
    "title" TEXT NOT NULL,
    "variantTitle" TEXT,
    "sku" TEXT,
    "quantity" INTEGER NOT NULL,
    "currentQuantity" INTEGER NOT NULL,

    CONSTRAINT "OrderLine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Grant" (
    "id" UUID NOT NULL,
    "shopId" UUID NOT NULL,
    "orderId" UUID NOT NULL,
    "lineId" UUID NOT NULL,
    "attachmentId" UUID NOT NULL,
    "assetId" UUID,
    "poolId" UUID,
    "unit" INTEGER NOT NULL DEFAULT 0,
    "state" "GrantState" NOT NULL,
    "revokedBy" "RevokedBy",
    "revokedAt" TIMESTAMPTZ(3),
    "units" INTEGER NOT NULL DEFAULT 1,
    "used" INTEGER NOT NULL DEFAULT 0,
    "downloadLimit" INTEGER,
    "downloadLimitPerUnit" INTEGER,
    "expiresAt" TIMESTAMPTZ(3),
    "shownAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Download" (
    "id" UUID NOT NULL,
    "shopId" UUID NOT NULL,
    "grantId" UUID NOT NULL,
    "versionId" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "ip" TEXT,
    "userAgent" TEXT,
    "outcome" TEXT NOT NULL,

    CONSTRAINT "Download_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" UUID NOT NULL,
    "shopId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "orderId" UUID,
    "grantId" UUID,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RejectedWebhook" (
    "id" UUID NOT NULL,
    "shopDomain" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "webhookId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RejectedWebhook_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ComplianceRequest" (
    "id" UUID NOT NULL,
    "shopId" UUID NOT NULL,
    "topic" TEXT NOT NULL,
    "webhookId" TEXT NOT NULL,
    "payload" JSONB,
    "report" JSONB,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "completedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ComplianceRequest_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Session_shop_idx" ON "Session"("shop");

-- CreateIndex
CREATE UNIQUE INDEX "Shop_domain_key" ON "Shop"("domain");

-- CreateIndex
CREATE UNIQUE INDEX "Asset_currentVersionId_key" ON "Asset"("currentVersionId");

-- CreateIndex
CREATE INDEX "Asset_shopId_createdAt_id_idx" ON "Asset"("shopId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Asset_shopId_sizeBytes_id_idx" ON "Asset"("shopId", "sizeBytes", "id");

-- CreateIndex
CREATE UNIQUE INDEX "AssetVersion_storageKey_key" ON "AssetVersion"("storageKey");

-- CreateIndex
CREATE INDEX "AssetVersion_shopId_state_createdAt_idx" ON "AssetVersion"("shopId", "state", "createdAt");

-- CreateIndex
CREATE INDEX "AssetVersion_state_createdAt_idx" ON "AssetVersion"("state", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "AssetVersion_assetId_number_key" ON "AssetVersion"("assetId", "number");

-- CreateIndex
CREATE INDEX "Attachment_shopId_productId_idx" ON "Attachment"("shopId", "productId");

-- CreateIndex
CREATE INDEX "Attachment_assetId_idx" ON "Attachment"("assetId");

-- CreateIndex
CREATE INDEX "Attachment_poolId_idx" ON "Attachment"("poolId");

-- CreateIndex
CREATE UNIQUE INDEX "Pool_shopId_name_key" ON "Pool"("shopId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "PoolKey_grantId_key" ON "PoolKey"("grantId");

-- CreateIndex
CREATE INDEX "PoolKey_poolId_state_idx" ON "PoolKey"("poolId", "state");

-- CreateIndex
CREATE INDEX "PoolKey_importId_idx" ON "PoolKey"("importId");

-- CreateIndex
CREATE UNIQUE INDEX "PoolKey_shopId_keyHash_key" ON "PoolKey"("shopId", "keyHash");

-- CreateIndex
CREATE INDEX "KeyImport_poolId_createdAt_idx" ON "KeyImport"("poolId", "createdAt");

-- CreateIndex
CREATE INDEX "Order_shopId_processedAt_id_idx" ON "Order"("shopId", "processedAt", "id");

-- CreateIndex
CREATE INDEX "Order_shopId_customerId_processedAt_idx" ON "Order"("shopId", "customerId", "processedAt");

-- CreateIndex
CREATE INDEX "Order_shopId_email_idx" ON "Order"("shopId", "email");

-- CreateIndex
CREATE UNIQUE INDEX "Order_shopId_shopifyId_key" ON "Order"("shopId", "shopifyId");

-- CreateIndex
CREATE UNIQUE INDEX "OrderLine_orderId_shopifyId_key" ON "OrderLine"("orderId", "shopifyId");

-- CreateIndex
CREATE INDEX "Grant_orderId_idx" ON "Grant"("orderId");

-- CreateIndex
CREATE INDEX "Grant_assetId_idx" ON "Grant"("assetId");

-- CreateIndex
CREATE INDEX "Grant_shopId_createdAt_idx" ON "Grant"("shopId", "createdAt");

-- CreateIndex
CREATE INDEX "Grant_attachmentId_idx" ON "Grant"("attachmentId");

-- CreateIndex
CREATE UNIQUE INDEX "Grant_lineId_attachmentId_unit_key" ON "Grant"("lineId", "attachmentId", "unit");

-- CreateIndex
CREATE INDEX "Download_grantId_at_idx" ON "Download"("grantId", "at");

-- CreateIndex
CREATE INDEX "Download_shopId_at_idx" ON "Download"("shopId", "at");

-- CreateIndex
CREATE INDEX "AuditEntry_shopId_at_idx" ON "AuditEntry"("shopId", "at");

-- CreateIndex
CREATE INDEX "AuditEntry_orderId_at_idx" ON "AuditEntry"("orderId", "at");

-- CreateIndex
CREATE INDEX "RejectedWebhook_receivedAt_idx" ON "RejectedWebhook"("receivedAt");

-- CreateIndex
CREATE UNIQUE INDEX "RejectedWebhook_shopDomain_webhookId_key" ON "RejectedWebhook"("shopDomain", "webhookId");

-- CreateIndex
CREATE UNIQUE INDEX "ComplianceRequest_shopId_webhookId_key" ON "ComplianceRequest"("shopId", "webhookId");

-- AddForeignKey
ALTER TABLE "Asset" ADD CONSTRAINT "Asset_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Asset" ADD CONSTRAINT "Asset_currentVersionId_fkey" FOREIGN KEY ("currentVersionId") REFERENCES "AssetVersion"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AssetVersion" ADD CONSTRAINT "AssetVersion_assetId_fkey" FOREIGN KEY ("assetId") REFERENCES "Asset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attachment" ADD CONSTRAINT "Attachment_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attachment" ADD CONSTRAINT "Attachment_assetId_fkey" FOREIGN KEY ("assetId") REFERENCES "Asset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attachment" ADD CONSTRAINT "Attachment_poolId_fkey" FOREIGN KEY ("poolId") REFERENCES "Pool"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Pool" ADD CONSTRAINT "Pool_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PoolKey" ADD CONSTRAINT "PoolKey_poolId_fkey" FOREIGN KEY ("poolId") REFERENCES "Pool"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PoolKey" ADD CONSTRAINT "PoolKey_importId_fkey" FOREIGN KEY ("importId") REFERENCES "KeyImport"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PoolKey" ADD CONSTRAINT "PoolKey_grantId_fkey" FOREIGN KEY ("grantId") REFERENCES "Grant"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "KeyImport" ADD CONSTRAINT "KeyImport_poolId_fkey" FOREIGN KEY ("poolId") REFERENCES "Pool"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrderLine" ADD CONSTRAINT "OrderLine_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_lineId_fkey" FOREIGN KEY ("lineId") REFERENCES "OrderLine"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_attachmentId_fkey" FOREIGN KEY ("attachmentId") REFERENCES "Attachment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_assetId_fkey" FOREIGN KEY ("assetId") REFERENCES "Asset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_poolId_fkey" FOREIGN KEY ("poolId") REFERENCES "Pool"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Download" ADD CONSTRAINT "Download_grantId_fkey" FOREIGN KEY ("grantId") REFERENCES "Grant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Download" ADD CONSTRAINT "Download_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "AssetVersion"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuditEntry" ADD CONSTRAINT "AuditEntry_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ComplianceRequest" ADD CONSTRAINT "ComplianceRequest_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema language cannot say.

-- Given once while it stands: one attachment per product, variant and thing.
CREATE UNIQUE INDEX "Attachment_standing_key" ON "Attachment"
    ("shopId", "productId", COALESCE("variantId", ''), COALESCE("assetId", "poolId")) WHERE "detachedAt" IS NULL;

ALTER TABLE "Attachment" ADD CONSTRAINT "Attachment_gives_one_thing" CHECK (num_nonnulls("assetId", "poolId") = 1);
ALTER TABLE "Attachment" ADD CONSTRAINT "Attachment_keysPerUnit_positive" CHECK ("keysPerUnit" > 0);
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_gives_one_thing" CHECK (num_nonnulls("assetId", "poolId") = 1);
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_within_limit" CHECK ("used" >= 0);
ALTER TABLE "Asset" ADD CONSTRAINT "Asset_link_has_url" CHECK (("kind" = 'link') = ("url" IS NOT NULL));
ALTER TABLE "PoolKey" ADD CONSTRAINT "PoolKey_granted_to_one" CHECK ("state" <> 'available' OR "grantId" IS NULL);

-- The next key to give: found without walking past those sold.
CREATE INDEX "PoolKey_next" ON "PoolKey" ("poolId", "seq") WHERE "state" = 'available';
-- Who waits for keys, first come first served.
CREATE INDEX "Grant_waiting" ON "Grant" ("poolId", "createdAt", "id") WHERE "state" = 'waiting';

-- Assets by title, as people order them: whatever the case.
CREATE INDEX "Asset_by_title" ON "Asset" ("shopId", lower("title"), "id");

-- Search by a part of a title, a name or an address.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX "Asset_title_search" ON "Asset" USING gin ("title" gin_trgm_ops);
CREATE INDEX "Order_search" ON "Order" USING gin ("name" gin_trgm_ops, "email" gin_trgm_ops);
