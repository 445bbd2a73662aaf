export type UploadStatus =
  /** Its turn has not come. */
  | "waiting"
  | "uploading"
  | "paused"
  /** The connection broke; it goes on by itself. */
  | "reconnecting"
  /** Every byte is there; the checksum and storage's word are awaited. */
  | "finishing"
  | "done"
  /** It needs a person: `problem` says why. */
  | "failed";

/** An upload of this browser window, as a screen shows it. */
export type Upload = {
  id: string;
  fileName: string;
  sizeBytes: number;
  uploadedBytes: number;
  /** Averaged over the last seconds; null while that says nothing. */
  bytesPerSecond: number | null;
  status: UploadStatus;
  problem: string | null;
  /** The asset this is a new version of; for a new asset, known once the upload has begun. */
  assetId: string | null;
  isNewVersion: boolean;
  /** Null until the upload has begun. */
  versionId: string | null;
  /** Lower-case hex; null until the whole file is read. */
  sha256: string | null;
};

/** What is chosen to be uploaded: a new asset, a new version of one, or the rest of an unfinished upload. */
export type UploadTarget =
  { kind: "asset" } | { kind: "version"; assetId: string } | { kind: "rest"; versionId: string; assetId: string };

/** Whether closing the window would interrupt it. */
export function isUnderWay({ status }: Upload): boolean {
  return status !== "done" && status !== "failed";
}
