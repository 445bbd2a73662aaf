-- Keys may end both so many days after the purchase and at a fixed moment: the earlier counts.
ALTER TABLE "Pool" DROP CONSTRAINT "Pool_valid_once";
