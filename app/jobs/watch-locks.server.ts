import { setTimeout as wait } from "node:timers/promises";
import type { Worker } from "graphile-worker";
import pg from "pg";

const LOOK_MS = 3_000;
const RECONNECT_MS = 500;
/** A database that does not answer for so long is taken for gone. */
const ANSWER_MS = 10_000;

/** A lock on a job that nobody was seen to work under, and under whose name it stands. */
type Orphan = { id: string; lockedBy: string; lockedAt: string };

/**
 * Gives the jobs of workers that died back to the living; the queue itself waits 4 hours for that.
 *
 * Each worker process holds an advisory lock of its own name from before its first job until it dies, however
 * it dies: whose lock is free is dead. A worker may also hold a job without knowing, when its database broke off
 * between locking the job and saying so: those are its own locks that none of its hands works on.
 *
 * A worker that lives may be without its advisory lock for a moment, while it connects to a database that was
 * restarted. So a job is unlocked only when two looks in a row found it orphaned. Should a worker live
 * on unseen for longer, its job is done twice, which every job stands.
 *
 * @param lookMs  between two looks
 * @returns a plugin of graphile-worker
 */
export function watchLocks(connectionString: string, lookMs = LOOK_MS): GraphileConfig.Plugin {
  const hands = new Set<Worker>();
  const ended = new AbortController();
  let held: Promise<void> | undefined;

  return {
    name: "WatchLocksPlugin",
    version: "1.0.0",
    worker: {
      hooks: {
        startWorker: (_context, { worker }) => {
          hands.add(worker);
          const name = worker.workerPool.id;
          held ??= new Promise((onHeld) => {
            void watch({ connectionString, lookMs, name, hands, onHeld, ended: ended.signal });
          });
          return held;
        },
        stopWorker: (_context, { worker }) => {
          hands.delete(worker);
          if (hands.size === 0) ended.abort();
        },
      },
    },
  };
}

type Watch = {
  connectionString: string;
  lookMs: number;
  /** What this process locks jobs by. */
  name: string;
  /** Its workers, each at one job at a time. */
  hands: Set<Worker>;
  onHeld: () => void;
  ended: AbortSignal;
};

async function watch({ connectionString, lookMs, name, hands, onHeld, ended }: Watch): Promise<void> {
  let suspects: Orphan[] = [];
  let complaint = "";

  while (!ended.aborted) {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: ANSWER_MS, query_timeout: ANSWER_MS });
    const lost = new Promise<Error>((resolve) => client.once("error", resolve));
    client.on("error", () => {}); // a connection that breaks may complain more than once
    try {
      await client.connect();
      await client.query("SELECT pg_advisory_lock(hashtextextended($1, 0))", [name]);
      complaint = "";
      onHeld();
      while (!ended.aborted) {
        suspects = await look(client, name, hands, suspects);
        const error = await Promise.race([lost, pause(lookMs, ended)]);
        if (error) throw error;
      }
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      if (words !== complaint) console.error(`The worker's lock is lost, trying to have it back: ${words}`);
      complaint = words;
    }
    await client.end().catch(() => {});
    await pause(RECONNECT_MS, ended);
  }
}

/** Unlocks what is still orphaned of the `suspects`. @returns what is orphaned now */
async function look(client: pg.Client, name: string, hands: Set<Worker>, suspects: Orphan[]): Promise<Orphan[]> {
  const active = [...hands].flatMap((hand) => hand.getActiveJob()?.id ?? []);
  const { rows: orphans } = await client.query<Orphan>(
    `WITH locked AS MATERIALIZED (
       SELECT "id"::text, "locked_by" AS "lockedBy", "locked_at"::text AS "lockedAt"
       FROM graphile_worker.jobs WHERE "locked_by" IS NOT NULL
     ), dead AS MATERIALIZED (
       SELECT "lockedBy" FROM (SELECT DISTINCT "lockedBy" FROM locked WHERE "lockedBy" <> $1) AS others
       WHERE pg_try_advisory_xact_lock(hashtextextended("lockedBy", 0))
     )
     SELECT * FROM locked
     WHERE "lockedBy" IN (SELECT "lockedBy" FROM dead) OR ("lockedBy" = $1 AND "id" <> ALL ($2::text[]))`,
    [name, active],
  );
  const confirmed = orphans.filter((orphan) => suspects.some((suspect) => isSame(suspect, orphan)));
  if (confirmed.length > 0) await unlock(client, confirmed);
  return orphans;
}

/**
 * As graphile_worker.force_unlock_workers, but job by job; no job of ours is in a named queue.
 *
 * A job whose key was taken by a newer one while it was under way must not be tried again: the queue says so by its
 * attempts, after it was locked. It goes; the newer one does its work.
 */
async function unlock(client: pg.Client, orphans: Orphan[]) {
  const { rowCount } = await client.query(
    `WITH orphan AS (
       SELECT * FROM json_to_recordset($1) AS orphan ("id" bigint, "lockedBy" text, "lockedAt" timestamptz)
     ), superseded AS (
       DELETE FROM graphile_worker._private_jobs AS job USING orphan
       WHERE job."id" = orphan."id" AND job."locked_by" = orphan."lockedBy" AND job."locked_at" = orphan."lockedAt"
         AND job."attempts" >= job."max_attempts" AND job."updated_at" > job."locked_at"
       RETURNING job."id"
     )
     UPDATE graphile_worker._private_jobs AS job SET "locked_at" = NULL, "locked_by" = NULL FROM orphan
     WHERE job."id" = orphan."id" AND job."locked_by" = orphan."lockedBy" AND job."locked_at" = orphan."lockedAt"
       AND job."id" NOT IN (SELECT "id" FROM superseded)`,
    [JSON.stringify(orphans)],
  );
  console.log(`Unlocked ${rowCount} jobs of workers that died`);
}

function isSame(one: Orphan, other: Orphan): boolean {
  return one.id === other.id && one.lockedBy === other.lockedBy && one.lockedAt === other.lockedAt;
}

function pause(ms: number, ended: AbortSignal): Promise<null> {
  return wait(ms, null, { signal: ended }).catch(() => null);
}
