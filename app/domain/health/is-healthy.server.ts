import { db } from "~/db.server";

const TIMEOUT_MS = 3_000;

/** Whether the database answers, with the product's tables and the job queue's. */
export async function isHealthy(): Promise<boolean> {
  const asked = db.$queryRaw`SELECT (SELECT count(*) FROM "Shop" WHERE false), (SELECT count(*) FROM graphile_worker.jobs WHERE false)`;
  const tooLate = new Promise<false>((resolve) => setTimeout(resolve, TIMEOUT_MS, false).unref());
  return Promise.race([
    asked.then(
      () => true,
      () => false,
    ),
    tooLate,
  ]);
}
