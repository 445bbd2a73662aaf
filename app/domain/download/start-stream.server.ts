import { signStream } from "~/gateways/storage/sign-stream.server";
import { findGranted, type DownloadProof } from "./find-granted.server";
import { checksOf, refusalOf, type GateReason } from "./gate";
import { mediaOf } from "./media";

export const STREAM_TTL_SECONDS = 15 * 60;

export type StreamRefusal =
  | Exclude<GateReason, "stream_only" | "limit_reached">
  /** No such grant, or not the caller's, or one of a key. */
  | "not_found"
  | "not_playable";

export type StartStreamResult =
  { kind: "started"; url: string; expiresInSeconds: number } | { kind: "refused"; reason: StreamRefusal };

export type StartStreamInput = { shopId: string; grantId: string; proof: DownloadProof; now: Date };

/**
 * A URL from which audio or video plays in the page, any part of it, for `STREAM_TTL_SECONDS`.
 *
 * Playing changes nothing and is not counted, so it also goes on when all downloads are used.
 */
export async function startStream({ shopId, grantId, proof, now }: StartStreamInput): Promise<StartStreamResult> {
  const granted = await findGranted(shopId, grantId, proof);
  if (!granted) return { kind: "refused", reason: "not_found" };

  const reason = refusalOf(checksOf({ ...granted, isStreamOnly: false, downloadLimit: null }, now));
  if (reason && reason !== "stream_only" && reason !== "limit_reached") return { kind: "refused", reason };
  const media = granted.version && mediaOf(granted.version.fileName);
  if (!granted.version || !media) return { kind: "refused", reason: "not_playable" };

  const { storageKey, fileName } = granted.version;
  const { contentType } = media;
  const url = await signStream({ storageKey, fileName, contentType, ttlSeconds: STREAM_TTL_SECONDS });
  return { kind: "started", url, expiresInSeconds: STREAM_TTL_SECONDS };
}
