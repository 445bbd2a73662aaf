import type { KeyImport, KeyImportState, Prisma } from "@prisma/client";
import type { Tx } from "~/db.server";
import { enqueue } from "~/jobs/enqueue.server";

/** How long a browser may take to begin sending its file. */
export const UPLOAD_TTL_SECONDS = 3_600;

export type EndedState = Extract<KeyImportState, "done" | "cancelled" | "failed">;

/**
 * Ends an import that is still in one of `from`: its file, which holds plain keys, and its staged lines are removed by
 * a job. The file once more when nobody can send it any longer: the browser may still be about to.
 *
 * @returns whether it was in one of them
 */
export async function finishImport(
  tx: Tx,
  { id, shopId }: Pick<KeyImport, "id" | "shopId">,
  from: KeyImportState[],
  data: Prisma.KeyImportUpdateManyMutationInput & { state: EndedState; finishedAt: Date },
): Promise<boolean> {
  const { count } = await tx.keyImport.updateMany({ where: { id, shopId, state: { in: from } }, data });
  if (count === 0) return false;

  const found = await tx.keyImport.findUniqueOrThrow({ where: { id } });
  await enqueue(tx, "end_key_import", { importId: id });
  const unsignedAt = new Date(found.createdAt.getTime() + (UPLOAD_TTL_SECONDS + 60) * 1000);
  if (found.storageKey && unsignedAt > data.finishedAt) {
    await enqueue(tx, "delete_objects", { storageKeys: [found.storageKey] }, null, unsignedAt);
  }
  return true;
}
