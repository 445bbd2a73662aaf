import type { BulkRun, Prisma } from "@prisma/client";
import type { Tx } from "~/db.server";

/** Another worker is further, or a person cancelled: what was about to be done is undone. */
export class Overtaken extends Error {}

export type Progress = { cursor: string; done: number; report: Prisma.InputJsonObject };

/**
 * Notes, in the transaction that did the work, how far a run is: either both stand or neither, so that a crash or a
 * second worker never does or counts an order twice.
 *
 * @throws Overtaken unless the run is still where it was read.
 */
export async function advanceRun(tx: Tx, run: BulkRun, progress: Progress): Promise<BulkRun> {
  const [advanced] = await tx.bulkRun.updateManyAndReturn({
    where: { id: run.id, state: "running", cursor: run.cursor },
    data: { ...progress, problem: null },
  });
  if (!advanced) throw new Overtaken();
  return advanced;
}

/** A place among orders: when one was placed, and its id. */
export function cursorOf({ processedAt, id }: { processedAt: Date; id: string }): string {
  return `${processedAt.toISOString()}/${id}`;
}

export function placeOf(cursor: string | null): { processedAt: Date; id: string } | null {
  const [at, id] = cursor?.split("/") ?? [];
  return at && id ? { processedAt: new Date(at), id } : null;
}
