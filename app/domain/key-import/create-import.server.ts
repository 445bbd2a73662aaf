import { v7 as uuidV7 } from "uuid";
import { db } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { signUpload } from "~/gateways/storage/sign-upload.server";
import { importKeyOf } from "~/gateways/storage/storage-key";
import { UPLOAD_TTL_SECONDS } from "./finish-import.server";
import { storedActor } from "./import-actor";
import { KEY_FILE_LIMITS } from "./key-file";
import { shownFileName } from "./shown-file-name";

export type CreateImportInput = {
  shopId: string;
  /** Where keys go that name no pool of their own. */
  poolId: string;
  fileName: string;
  sizeBytes: number;
  actor: AuditActor;
  now: Date;
};

export type CreateImportRefusal = "unknown_pool" | "empty" | "too_large";

export type CreateImportResult =
  { kind: "created"; importId: string; url: string } | { kind: "refused"; reason: CreateImportRefusal };

/** Begins an import: its file then goes from the browser straight to storage, by a URL that lives an hour. */
export async function createImport(input: CreateImportInput): Promise<CreateImportResult> {
  const { shopId, poolId, sizeBytes, now } = input;
  if (!(sizeBytes > 0)) return { kind: "refused", reason: "empty" };
  if (sizeBytes > KEY_FILE_LIMITS.bytes) return { kind: "refused", reason: "too_large" };
  const pool = await db.pool.findFirst({ where: { id: poolId, shopId }, select: { id: true } });
  if (!pool) return { kind: "refused", reason: "unknown_pool" };

  const importId = uuidV7();
  const storageKey = importKeyOf({ shopId, importId });
  await db.keyImport.create({
    data: {
      id: importId,
      shopId,
      poolId,
      state: "uploading",
      fileName: shownFileName(input.fileName),
      storageKey,
      sizeBytes,
      actor: storedActor(input.actor),
      createdAt: now,
      added: 0,
      duplicates: 0,
      bad: 0,
      report: {},
    },
  });
  const url = await signUpload({ storageKey, sizeBytes, ttlSeconds: UPLOAD_TTL_SECONDS });
  return { kind: "created", importId, url };
}
