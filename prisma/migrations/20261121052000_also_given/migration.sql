-- CreateTable
CREATE TABLE "AlsoGiven" (
    "orderId" UUID NOT NULL,
    "attachmentId" UUID NOT NULL,
    "tellsCustomer" BOOLEAN NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AlsoGiven_pkey" PRIMARY KEY ("orderId","attachmentId")
);

-- CreateIndex
CREATE INDEX "AlsoGiven_attachmentId_idx" ON "AlsoGiven"("attachmentId");

-- AddForeignKey
ALTER TABLE "AlsoGiven" ADD CONSTRAINT "AlsoGiven_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AlsoGiven" ADD CONSTRAINT "AlsoGiven_attachmentId_fkey" FOREIGN KEY ("attachmentId") REFERENCES "Attachment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

