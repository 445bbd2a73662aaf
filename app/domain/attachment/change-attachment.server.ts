import type { Prisma } from "@prisma/client";
import { v7 as uuid, validate as isUuid } from "uuid";
import { inTransaction, type Tx } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { mediaOf } from "~/domain/download/media";
import type { AttachmentTerms } from "./terms";

export type ChangeAttachmentInput = {
  shopId: string;
  attachmentId: string;
  terms: AttachmentTerms;
  /** As the audit should name the product. */
  productTitle?: string;
  actor: AuditActor;
  now: Date;
};

export type ChangeAttachmentRefusal = "unknown_attachment" | "detached" | "not_media";

export type ChangeAttachmentResult =
  | { kind: "changed"; attachmentId: string; changed: (keyof AttachmentTerms)[] }
  | { kind: "refused"; reason: ChangeAttachmentRefusal };

const given = {
  asset: { select: { title: true, currentVersion: { select: { fileName: true } } } },
  pool: { select: { name: true } },
} satisfies Prisma.AttachmentInclude;

type Given = Prisma.AttachmentGetPayload<{ include: typeof given }>;

/**
 * Changes how an attachment gives what it gives, for orders paid from `now` on.
 *
 * What was sold stays as it was sold, also where an old order is looked at again: the attachment ends, and another
 * one of the new terms takes its place. Only instructions change for everyone.
 *
 * @returns the attachment that stands then, and which terms are other than before; the same terms again change
 *   nothing. `not_media` for `streamOnly` where there is no audio or video file.
 */
export function changeAttachment(input: ChangeAttachmentInput): Promise<ChangeAttachmentResult> {
  const { shopId, attachmentId, terms, productTitle, actor, now } = input;
  if (!isUuid(attachmentId)) return Promise.resolve({ kind: "refused", reason: "unknown_attachment" });

  return inTransaction(async (tx) => {
    await tx.$queryRaw`
      SELECT 1 FROM "Attachment" WHERE "id" = ${attachmentId}::uuid AND "shopId" = ${shopId}::uuid FOR UPDATE`;
    const attachment = await tx.attachment.findFirst({ where: { id: attachmentId, shopId }, include: given });
    if (!attachment) return { kind: "refused", reason: "unknown_attachment" };
    if (attachment.detachedAt) return { kind: "refused", reason: "detached" };
    if (terms.streamOnly && !isMedia(attachment)) return { kind: "refused", reason: "not_media" };

    const names = Object.keys(terms) as (keyof AttachmentTerms)[];
    const changed = names.filter((name) => terms[name] !== attachment[name]);
    if (changed.length === 0) return { kind: "changed", attachmentId, changed };

    if (changed.includes("instructions")) await instruct(tx, attachment, terms);
    const isForAll = changed.every((name) => name === "instructions");
    const standing = isForAll ? attachmentId : await replace(tx, attachment, terms, now);
    const { productId, asset, pool } = attachment;
    const titles = [asset?.title ?? pool?.name ?? ""];
    const data = { productId, productTitle: productTitle ?? null, titles, count: 1, changed };
    await recordAudit(tx, { shopId, actor, action: "attachment_changed", data });
    return { kind: "changed", attachmentId: standing, changed };
  });
}

/** Those that ended at the same place have customers who read it, too. */
async function instruct(tx: Tx, attachment: Given, { instructions }: AttachmentTerms) {
  const { shopId, productId, variantId, assetId, poolId } = attachment;
  const where = { shopId, productId, variantId, assetId, poolId };
  await tx.attachment.updateMany({ where, data: { instructions } });
}

async function replace(tx: Tx, attachment: Given, terms: AttachmentTerms, now: Date): Promise<string> {
  const { shopId, productId, variantId, assetId, poolId } = attachment;
  await tx.attachment.update({ where: { id: attachment.id }, data: { detachedAt: now } });
  const data = { id: uuid(), shopId, productId, variantId, assetId, poolId, ...terms, createdAt: now };
  const { id } = await tx.attachment.create({ data });
  return id;
}

function isMedia({ asset }: Given): boolean {
  const fileName = asset?.currentVersion?.fileName;
  return fileName !== undefined && mediaOf(fileName) !== null;
}
