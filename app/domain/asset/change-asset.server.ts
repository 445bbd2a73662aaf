import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { assetTitle } from "./asset-title";
import type { LinkRefusal } from "./create-link.server";
import { linkUrl } from "./link-url";
import { lockAsset } from "./lock-asset.server";

export type ChangeAssetInput = {
  shopId: string;
  assetId: string;
  title: string;
  /** Where a link leads; a file has none. */
  url?: string;
  actor?: AuditActor;
};

export type ChangeAssetRefusal = "unknown_asset" | LinkRefusal;

export type ChangeAssetResult = { kind: "changed" } | { kind: "refused"; reason: ChangeAssetRefusal };

/** Gives an asset another title and, if it is a link, another address: earlier customers are led there too. */
export function changeAsset({
  shopId,
  assetId,
  actor = "worker",
  ...input
}: ChangeAssetInput): Promise<ChangeAssetResult> {
  return inTransaction(async (tx) => {
    const asset = await lockAsset(tx, shopId, assetId);
    if (!asset) return refused("unknown_asset");

    const title = assetTitle(input.title);
    const url = asset.kind === "link" ? linkUrl(input.url ?? asset.url ?? "") : null;
    if (!title) return refused("bad_title");
    if (asset.kind === "link" && !url) return refused("bad_url");
    if (title === asset.title && url === asset.url) return { kind: "changed" };

    await tx.asset.update({ where: { id: assetId }, data: { title, url } });
    await recordAudit(tx, {
      shopId,
      actor,
      action: "asset_changed",
      data: { assetId, asset: title },
    });
    return { kind: "changed" };
  });
}

function refused(reason: ChangeAssetRefusal) {
  return { kind: "refused", reason } as const;
}
