import { cancelUpload } from "~/domain/asset/cancel-upload.server";
import { listStaleUploads } from "~/domain/asset/list-stale-uploads.server";
import type { JobPayload } from "./jobs";

const SEVEN_DAYS_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Ends uploads that nobody finished in 7 days and frees what storage holds of them.
 *
 * @throws when storage could not be told of some: the others are done, the job is to be repeated.
 */
export async function runCleanUploads(_payload: JobPayload<"clean_uploads">, now = new Date()) {
  const stale = await listStaleUploads(new Date(now.getTime() - SEVEN_DAYS_MS));
  let left = 0;
  for (const upload of stale) {
    const result = await cancelUpload(upload);
    if (result.kind === "refused" && result.reason === "storage_unavailable") left += 1;
  }
  if (left > 0) throw new Error(`${left} of ${stale.length} stale uploads are left: storage did not answer`);
}
