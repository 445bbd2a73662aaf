import type { BulkRunKind, Prisma } from "@prisma/client";
import { isDeepStrictEqual } from "node:util";
import type { Tx } from "~/db.server";
import { actorId, type AuditActor } from "~/domain/audit/actions";
import { enqueueRun } from "./enqueue-runs.server";

export type NewRun = { shopId: string; kind: BulkRunKind; input: Prisma.InputJsonObject; actor: AuditActor; now: Date };

/** What came of a run is looked at soon after, or never. */
const KEPT_MS = 90 * 86_400_000;

/**
 * Writes down a run with the job that does it; one of the same kind and wish that is under way is answered instead.
 * Those that ended 90 days ago go: a merchant may try settings many times a day.
 */
export async function startRun(tx: Tx, { shopId, kind, input, actor, now }: NewRun): Promise<string> {
  await tx.$queryRaw`SELECT 1 FROM "Shop" WHERE "id" = ${shopId}::uuid FOR NO KEY UPDATE`;
  const underWay = await tx.bulkRun.findMany({ where: { shopId, kind, state: { in: ["queued", "running"] } } });
  const same = underWay.find((run) => isDeepStrictEqual(run.input, JSON.parse(JSON.stringify(input))));
  if (same) return same.id;

  const before = new Date(now.getTime() - KEPT_MS);
  await tx.bulkRun.deleteMany({ where: { shopId, kind, finishedAt: { lt: before } } });
  const { id } = await tx.bulkRun.create({ data: { shopId, kind, input, actor: actorId(actor), createdAt: now } });
  await enqueueRun(tx, id);
  return id;
}
