import { db } from "~/db.server";

/**
 * Opens `count` connections of the pool and leaves them idle: a race on a cold pool is none, because its
 * callers wait for one connection after the other.
 */
export async function openConnections(count: number) {
  const rows = await Promise.all(
    Array.from(
      { length: count },
      () => db.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid, pg_sleep(0.2)::text`,
    ),
  );
  const opened = new Set(rows.map(([row]) => row?.pid)).size;
  if (opened < count)
    throw new Error(`Only ${opened} of ${count} connections were opened: is DATABASE_POOL too small?`);
}
