import { v7 as uuidV7 } from "uuid";
import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { assetTitle } from "./asset-title";
import { linkUrl } from "./link-url";

export type CreateLinkInput = {
  shopId: string;
  title: string;
  url: string;
  actor?: AuditActor;
};

export type LinkRefusal = "bad_title" | "bad_url";

export type CreateLinkResult = { kind: "created"; assetId: string } | { kind: "refused"; reason: LinkRefusal };

/** Makes an asset of an address elsewhere. Where it leads is not looked at: it may need the customer's login. */
export async function createLink({ shopId, actor = "worker", ...input }: CreateLinkInput): Promise<CreateLinkResult> {
  const title = assetTitle(input.title);
  const url = linkUrl(input.url);
  if (!title) return { kind: "refused", reason: "bad_title" };
  if (!url) return { kind: "refused", reason: "bad_url" };

  const assetId = uuidV7();
  await inTransaction(async (tx) => {
    // A size, though a link has none: the list is sorted by it through an index.
    await tx.asset.create({
      data: { id: assetId, shopId, kind: "link", title, url, sizeBytes: 0 },
    });
    await recordAudit(tx, {
      shopId,
      actor,
      action: "asset_linked",
      data: { assetId, asset: title },
    });
  });
  return { kind: "created", assetId };
}
