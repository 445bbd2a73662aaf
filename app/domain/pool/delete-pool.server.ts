import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { enqueue } from "~/jobs/enqueue.server";
import { changeMany } from "./change-many.server";
import { unsold } from "./key-choice";

const DAY_MS = 86_400_000;

export type DeletePoolInput = { shopId: string; poolId: string; actor: AuditActor; now: Date };

export type DeletePoolRefusal = "unknown_pool" | "attached" | "gave_keys";

export type DeletePoolResult = { kind: "deleted" } | { kind: "refused"; reason: DeletePoolRefusal };

/**
 * Deletes a pool with the keys nobody got.
 *
 * @returns `gave_keys` when it ever gave a key, with an order or without, or a customer waits for one, `attached`
 *   while a product gives its keys: what was sold is never deleted.
 */
export function deletePool({ shopId, poolId, actor, now }: DeletePoolInput): Promise<DeletePoolResult> {
  return changeMany(async (tx) => {
    // Against new attachments and grants, which refer to the pool, until the end.
    const [pool] = await tx.$queryRaw<{ name: string }[]>`
      SELECT name FROM "Pool" WHERE id = ${poolId}::uuid AND "shopId" = ${shopId}::uuid FOR UPDATE`;
    if (!pool) return { kind: "refused", reason: "unknown_pool" };

    const grant = await tx.grant.findFirst({ where: { attachment: { poolId } }, select: { id: true } });
    const given = await tx.poolKey.findFirst({ where: { poolId, NOT: unsold }, select: { id: true } });
    if (grant || given) return { kind: "refused", reason: "gave_keys" };
    const standing = await tx.attachment.findFirst({ where: { poolId, detachedAt: null }, select: { id: true } });
    if (standing) return { kind: "refused", reason: "attached" };

    const imports = await tx.keyImport.findMany({ where: { poolId }, select: { storageKey: true, reportKey: true } });
    const storageKeys = imports.flatMap((one) => [one.storageKey, one.reportKey]).filter((key) => key !== null);
    if (storageKeys.length > 0) {
      await enqueue(tx, "delete_objects", { storageKeys });
      // Once more: a browser may just be sending a file of plain keys.
      await enqueue(tx, "delete_objects", { storageKeys }, null, new Date(now.getTime() + DAY_MS));
    }
    await tx.attachment.deleteMany({ where: { poolId } });
    await tx.pool.delete({ where: { id: poolId } });
    await recordAudit(tx, { shopId, actor, action: "pool_deleted", data: { poolId, pool: pool.name } });
    return { kind: "deleted" };
  });
}
