import { db } from "~/db.server";
import { readObject } from "~/gateways/storage/read-object.server";
import { StorageUnavailable } from "~/gateways/storage/storage-unavailable";
import { HEAD_BYTES } from "./decode-key-file";
import { previewKeys } from "./preview-keys";

/**
 * What stands at the beginning of an import's file, for a person to choose columns by.
 *
 * @param hasHeader  what the person said; undefined: found by itself
 * @returns `unknown_import` when its file is gone, too.
 */
export async function previewImport(input: { shopId: string; importId: string; hasHeader?: boolean }) {
  const { shopId, importId, hasHeader } = input;
  const found = await db.keyImport.findFirst({ where: { id: importId, shopId }, select: { storageKey: true } });
  try {
    // A byte more tells a file that goes on from one that ends there.
    const body = found?.storageKey ? await readObject(found.storageKey, HEAD_BYTES + 1) : null;
    if (!body) return { kind: "refused", reason: "unknown_import" } as const;
    return await previewKeys({ body, hasHeader });
  } catch (error) {
    if (error instanceof StorageUnavailable) return { kind: "refused", reason: "storage_unavailable" } as const;
    throw error;
  }
}
