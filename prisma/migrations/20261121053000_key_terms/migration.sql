-- What keys were sold under: a later change of their pool touches nothing sold.
ALTER TABLE "Grant" ADD COLUMN "keyFor" "KeyFor", ADD COLUMN "activationLimit" INTEGER;
