import { db, type Tx } from "~/db.server";

/** So often a machine's `seenAt` is written: software that asks at each start must not cost a write each time. */
const SEEN_EVERY_MS = 3_600_000;

/** Keeps, to the hour, when a machine last activated or asked. */
export async function markSeen(activation: { id: string; seenAt: Date }, now: Date, tx: Tx = db) {
  const due = new Date(now.getTime() - SEEN_EVERY_MS);
  if (activation.seenAt > due) return;

  await tx.$executeRaw`
    UPDATE "Activation" SET "seenAt" = ${now} WHERE "id" = ${activation.id}::uuid AND "seenAt" <= ${due}`;
}
