import { Transfer } from "./transfer";
import { isUnderWay, type Upload, type UploadStatus, type UploadTarget } from "./upload";

const AT_ONCE = 3;
const TELL_EVERY_MS = 200;
const BUSY = new Set<UploadStatus>(["uploading", "reconnecting", "finishing"]);

/**
 * The uploads of this window. They live outside of React: the merchant may go to another page of the app while
 * they go on.
 */
const transfers = new Map<string, Transfer>();
const listeners = new Set<() => void>();
let uploads: readonly Upload[] = [];
let shown: readonly Upload[] = uploads;
let tellTimer: ReturnType<typeof setTimeout> | undefined;

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The same array until something changed; a few times a second at most. */
export function currentUploads(): readonly Upload[] {
  return shown;
}

/** Takes files in; three go at a time, in this order. */
export function addUploads(files: readonly File[], target: UploadTarget) {
  watchWindow();
  for (const file of files) {
    const id = crypto.randomUUID();
    transfers.set(id, new Transfer(file, target, (change) => note(id, change)));
    uploads = [...uploads, waitingUpload(id, file, target)];
  }
  tellNow();
  startNext();
}

export function pauseUpload(id: string) {
  transfers.get(id)?.pause();
  startNext();
}

/** Goes on with a paused upload, or tries a failed one again. */
export function resumeUpload(id: string) {
  void transfers.get(id)?.start();
}

/** @throws CallFailed when the server could not be told; the upload is then paused. */
export async function cancelUpload(id: string) {
  await transfers.get(id)?.cancel();
  dismissUpload(id);
}

/** Takes an upload off the screen. */
export function dismissUpload(id: string) {
  transfers.delete(id);
  uploads = uploads.filter((upload) => upload.id !== id);
  tellNow();
  startNext();
}

function note(id: string, change: Partial<Upload>) {
  uploads = uploads.map((upload) => (upload.id === id ? { ...upload, ...change } : upload));
  if (change.status) {
    tellNow();
    startNext();
  } else {
    tellTimer ??= setTimeout(tellNow, TELL_EVERY_MS);
  }
}

function startNext() {
  const busy = uploads.filter(({ status }) => BUSY.has(status)).length;
  const next = uploads.find(({ status }) => status === "waiting");
  // Its first word, "uploading", comes at once and starts the one after it.
  if (next && busy < AT_ONCE) void transfers.get(next.id)?.start();
}

function tellNow() {
  clearTimeout(tellTimer);
  tellTimer = undefined;
  shown = uploads;
  for (const listener of listeners) listener();
}

function waitingUpload(id: string, file: File, target: UploadTarget): Upload {
  return {
    id,
    fileName: file.name,
    sizeBytes: file.size,
    uploadedBytes: 0,
    bytesPerSecond: null,
    status: "waiting",
    problem: null,
    assetId: target.kind === "asset" ? null : target.assetId,
    isNewVersion: target.kind === "version",
    versionId: target.kind === "rest" ? target.versionId : null,
    sha256: null,
  };
}

let isWatching = false;

/** Asks before the window is closed on an upload, and goes on as soon as the connection is back. */
function watchWindow() {
  if (isWatching) return;
  isWatching = true;
  window.addEventListener("beforeunload", (event) => {
    if (uploads.some(isUnderWay)) event.preventDefault();
  });
  window.addEventListener("offline", () => {
    for (const { id } of uploads.filter(({ status }) => status === "uploading")) transfers.get(id)?.interrupt();
  });
  window.addEventListener("online", () => {
    for (const transfer of transfers.values()) transfer.hurry();
  });
}
