import { messageOf } from "./upload-calls";

export type UploadProblem = {
  /** Waiting and trying again may help; else a person has to do something. */
  isPassing: boolean;
  message: string;
};

const UNREADABLE = new Set(["FileUnreadable", "NotReadableError", "NotFoundError"]);
const TOO_EARLY = 409;
const TOO_MANY = 429;
const EXPIRED = 401;

/**
 * What an upload's error means for the person who waits.
 *
 * @param error  of a call to the app, of Uppy's S3 client (`status`, `body`), or of reading the file
 */
export function problemOf(error: Error): UploadProblem {
  if (UNREADABLE.has(error.name)) {
    const message = "The file can no longer be read: it was moved, renamed or changed. Choose it again.";
    return { isPassing: false, message };
  }
  const status = "status" in error && typeof error.status === "number" ? error.status : 0;
  const body = "body" in error && typeof error.body === "string" ? error.body : "";
  if (error.name === "S3NetworkError") return { isPassing: true, message: "The connection to storage is lost." };
  if (error.name !== "S3ServiceError") return { isPassing: isPassing(status), message: error.message };

  const fromApp = messageOf(body);
  if (fromApp) return { isPassing: isPassing(status), message: fromApp };
  return { isPassing: true, message: `Storage did not take a part of the file (HTTP ${status}).` };
}

function isPassing(status: number) {
  return status === 0 || status >= 500 || status === TOO_EARLY || status === TOO_MANY || status === EXPIRED;
}
