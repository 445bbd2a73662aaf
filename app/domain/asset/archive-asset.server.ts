import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { lockAsset } from "./lock-asset.server";

export type ArchiveAssetInput = {
  shopId: string;
  assetId: string;
  /** false: back among the others. */
  archived: boolean;
  actor?: AuditActor;
  now: Date;
};

/**
 * Puts an asset out of sight, or back.
 *
 * An archived asset cannot be attached any more. What gives it already goes on doing so, and who has it keeps it.
 *
 * @returns false when the shop has no such asset. Done already is as good.
 */
export function archiveAsset({
  shopId,
  assetId,
  archived,
  actor = "worker",
  now,
}: ArchiveAssetInput): Promise<boolean> {
  return inTransaction(async (tx) => {
    const asset = await lockAsset(tx, shopId, assetId);
    if (!asset) return false;
    if (archived === (asset.archivedAt !== null)) return true;

    await tx.asset.update({
      where: { id: assetId },
      data: { archivedAt: archived ? now : null },
    });
    const action = archived ? "asset_archived" : "asset_unarchived";
    await recordAudit(tx, {
      shopId,
      actor,
      action,
      data: { assetId, asset: asset.title },
    });
    return true;
  });
}
