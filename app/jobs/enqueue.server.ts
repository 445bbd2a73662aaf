import type { Tx } from "~/db.server";
import { jobs, type JobName, type JobPayload } from "./jobs";

/**
 * Adds a job that the worker will see when, and only when, `tx` commits.
 *
 * @param jobKey  a second job of the same key replaces the first while that has not started
 */
export async function enqueue<Name extends JobName>(
  tx: Tx,
  name: Name,
  payload: JobPayload<Name>,
  jobKey: string | null = null,
) {
  const body = JSON.stringify(jobs[name].parse(payload));
  await tx.$queryRaw`SELECT 1 FROM graphile_worker.add_job(${name}::text, ${body}::json, job_key => ${jobKey}::text)`;
}
