import { v7 as uuid } from "uuid";
import { db } from "~/db.server";

const HOUR_MS = 3_600_000;

/** Counts one unknown key that was tried from an address; after an hour without any the count begins anew. */
export async function recordGuess(shopId: string, address: string, now: Date): Promise<void> {
  const quietSince = new Date(now.getTime() - HOUR_MS);
  await db.$executeRaw`
    INSERT INTO "Guess" ("id", "shopId", "ip", "count", "firstAt", "lastAt")
    VALUES (${uuid()}::uuid, ${shopId}::uuid, ${address}, 1, ${now}, ${now})
    ON CONFLICT ("shopId", "ip") DO UPDATE SET
      "count" = CASE WHEN "Guess"."lastAt" < ${quietSince} THEN 1 ELSE "Guess"."count" + 1 END,
      "firstAt" = CASE WHEN "Guess"."lastAt" < ${quietSince} THEN ${now} ELSE "Guess"."firstAt" END,
      "lastAt" = ${now}`;
}
