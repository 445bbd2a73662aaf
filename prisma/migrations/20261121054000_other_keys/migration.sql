-- Only where each key was made by a rule that still stands, check characters alone tell a typo.
ALTER TABLE "Pool" ADD COLUMN "hasOtherKeys" BOOLEAN NOT NULL DEFAULT false;
