import { setTimeout as wait } from "node:timers/promises";
import { db } from "~/db.server";

/** Until somebody waits for a row, or a lock, that another transaction holds. @param count  so many */
export async function untilOneWaits(count = 1) {
  for (let attempt = 0; attempt < 250; attempt++) {
    const [row] = await db.$queryRaw<{ waiting: number }[]>`
      SELECT count(*)::int AS waiting FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    if (row && row.waiting >= count) return;
    await wait(20);
  }
  throw new Error("Nobody waited");
}
