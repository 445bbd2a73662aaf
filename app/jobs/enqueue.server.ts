import type { Tx } from "~/db.server";
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
  await tx.$queryRaw`
    SELECT 1 FROM graphile_worker.add_job(
      ${name}::text, ${body}::json, job_key => ${jobKey}::text, run_at => ${runAt}::timestamptz)`;
}

/** Adds many jobs of one name in one statement, as `enqueue` adds one. */
export async function enqueueAll<Name extends JobName>(
  tx: Tx,
  name: Name,
  payloads: JobPayload<Name>[],
  keyOf: (payload: JobPayload<Name>) => string | null = () => null,
) {
  if (payloads.length === 0) return;

  const added = JSON.stringify(payloads.map((payload) => ({ body: jobs[name].parse(payload), key: keyOf(payload) })));
  await tx.$queryRaw`
    SELECT count(*)::int FROM json_array_elements(${added}::json) AS added,
      LATERAL graphile_worker.add_job(${name}::text, added -> 'body', job_key => added ->> 'key') AS job`;
}
