-- CreateTable
CREATE UNLOGGED TABLE "StagedKey" (
    "importId" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "reason" TEXT,
    "keyEnd" TEXT NOT NULL,
    "keyHash" BYTEA,
    "ciphertext" BYTEA,
    "target" TEXT,
    "activationLimit" INTEGER,
    "expiresAt" TIMESTAMPTZ(3),
    "note" TEXT,

    CONSTRAINT "StagedKey_pkey" PRIMARY KEY ("importId","line")
);
