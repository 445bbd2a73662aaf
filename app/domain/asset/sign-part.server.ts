import { signPart as signInStorage } from "~/gateways/storage/sign-part.server";
import { findVersion } from "./find-version.server";
import { sizeOfPart } from "./part-size";

export type SignPartInput = {
  shopId: string;
  versionId: string;
  /** From 1. */
  partNumber: number;
  /** Of the part's bytes, base64: storage refuses any others. */
  md5: string;
};

export type SignPartRefusal = "unknown_upload" | "already_complete" | "bad_part_number" | "bad_md5";

export type SignPartResult =
  { kind: "signed"; url: string; headers: Record<string, string> } | { kind: "refused"; reason: SignPartRefusal };

// Long enough for a part of 500 MB to begin after waiting its turn; a link only ever stores the bytes it was signed for.
const TTL_SECONDS = 3_600;
const MD5_BASE64 = /^[A-Za-z0-9+/]{22}==$/;

/** Lets the browser put one part of an upload, exactly the one described. The URL lives an hour. */
export async function signPart({ shopId, versionId, partNumber, md5 }: SignPartInput): Promise<SignPartResult> {
  const version = await findVersion(shopId, versionId);
  if (!version) return refused("unknown_upload");
  if (version.state === "ready") return refused("already_complete");
  if (!MD5_BASE64.test(md5)) return refused("bad_md5");

  const isCounted = Number.isInteger(partNumber) && partNumber > 0;
  const sizeBytes = isCounted ? sizeOfPart(partNumber, Number(version.sizeBytes), version.partSizeBytes) : 0;
  if (sizeBytes === 0 || !version.uploadId) return refused("bad_part_number");

  const { storageKey, uploadId } = version;
  const signed = await signInStorage({
    storageKey,
    uploadId,
    partNumber,
    sizeBytes,
    md5,
    ttlSeconds: TTL_SECONDS,
  });
  return { kind: "signed", ...signed };
}

function refused(reason: SignPartRefusal) {
  return { kind: "refused", reason } as const;
}
