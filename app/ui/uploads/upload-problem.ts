import { messageOf } from "./upload-calls";

export type UploadProblem = {
  /** Waiting and trying again may help; else a person has to do something. */
  isPassing: boolean;
  message: string;
};

const UNREADABLE = new Set(["FileUnreadable", "NotReadableError", "NotFoundError"]);
const UNAUTHORIZED = 401;
const CONFLICT = 409;
const TOO_MANY = 429;

/**
 * What an upload's error means for the person who waits.
 *
 * @param error  of reading the file, of a call to the app (`status`), or of Uppy's S3 client: `status` and `body`
 *   when it was answered, `code` "NETWORK" when not. Their classes' names do not survive the build.
 */
export function problemOf(error: Error): UploadProblem {
  if (UNREADABLE.has(error.name)) {
    const message = "The file can no longer be read: it was moved, renamed or changed. Choose it again.";
    return { isPassing: false, message };
  }
  if ("code" in error && error.code === "NETWORK") {
    return { isPassing: true, message: "The connection to storage is lost." };
  }
  const status = "status" in error && typeof error.status === "number" ? error.status : 0;
  const body = "body" in error && typeof error.body === "string" ? error.body : null;
  if (body === null) return { isPassing: isPassing(status), message: error.message };

  const fromApp = messageOf(body);
  if (fromApp) return { isPassing: isPassing(status), message: fromApp };
  return { isPassing: true, message: `Storage did not take a part of the file (HTTP ${status}).` };
}

function isPassing(status: number) {
  return status === 0 || status >= 500 || [UNAUTHORIZED, CONFLICT, TOO_MANY].includes(status);
}
