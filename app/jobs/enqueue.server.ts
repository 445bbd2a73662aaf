import { Prisma } from "@prisma/client";
import { queryPrepared, type Tx } from "~/db.server";
import { jobs, type JobName, type JobPayload } from "./jobs";

/**
 * Adds a job that the worker will see when, and only when, `tx` commits.
 *
 * @param jobKey  a second job of the same key replaces the first while that has not started
 * @param runAt   not before then; null: at once
 */
export async function enqueue<Name extends JobName>(
  tx: Tx,
  name: Name,
  payload: JobPayload<Name>,
  jobKey: string | null = null,
  runAt: Date | null = null,
) {
  const body = JSON.stringify(jobs[name].parse(payload));
  const sql = Prisma.sql`
    SELECT 1 FROM graphile_worker.add_job(
      ${name}::text, ${body}::json, job_key => ${jobKey}::text, run_at => ${runAt}::timestamptz)`;
  await queryPrepared(tx, "enqueue", sql);
}

/**
 * `enqueue` as a value within a larger statement, for each row that comes to it.
 *
 * @param payload  JSON as `jobs[name]` says
 */
export function addJob(name: JobName, payload: Prisma.Sql, jobKey: Prisma.Sql = Prisma.sql`NULL`): Prisma.Sql {
  return Prisma.sql`(SELECT 1 FROM graphile_worker.add_job(${name}::text, ${payload}, job_key => ${jobKey}))`;
}
