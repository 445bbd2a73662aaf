import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";

export type ArchivePoolInput = {
  shopId: string;
  poolId: string;
  /** false: takes it back out of the archive. */
  archive: boolean;
  actor: AuditActor;
  now: Date;
};

export type ArchivePoolResult = { kind: "done" } | { kind: "refused"; reason: "unknown_pool" };

/**
 * Puts a pool out of sight, or back. Nothing else changes: products it is attached to go on giving its
 * keys, and customers keep theirs.
 */
export function archivePool({ shopId, poolId, archive, actor, now }: ArchivePoolInput): Promise<ArchivePoolResult> {
  return inTransaction(async (tx) => {
    const { count } = await tx.pool.updateMany({
      where: { id: poolId, shopId, archivedAt: archive ? null : { not: null } },
      data: { archivedAt: archive ? now : null },
    });
    const pool = await tx.pool.findFirst({ where: { id: poolId, shopId } });
    if (!pool) return { kind: "refused", reason: "unknown_pool" };

    if (count === 1) {
      await recordAudit(tx, { shopId, actor, action: "pool_changed", data: { poolId, pool: pool.name, archive } });
    }
    return { kind: "done" };
  });
}
