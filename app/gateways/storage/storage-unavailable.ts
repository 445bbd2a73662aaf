/** Storage did not answer, or not as S3 does. Nothing is known to have changed; worth trying again. */
export class StorageUnavailable extends Error {
  override name = "StorageUnavailable";
}

/** Storage knows no such upload: it was completed, aborted or swept away. */
export class UploadGone extends Error {
  override name = "UploadGone";
}
