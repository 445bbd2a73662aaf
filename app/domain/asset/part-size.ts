const MEBIBYTE = 1024 * 1024;

/** S3's limits: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const LARGEST_FILE_BYTES = 5 * 1024 ** 4;
const MOST_PARTS = 10_000;

const SMALLEST_PART_BYTES = 8 * MEBIBYTE;

/**
 * How large the parts of a file are, so that S3's 10,000 suffice: 8 MiB, growing from 80 GB on in whole MiB.
 *
 * @param sizeBytes  up to `LARGEST_FILE_BYTES`
 */
export function partSizeOf(sizeBytes: number): number {
  const wanted = Math.ceil(sizeBytes / MOST_PARTS / MEBIBYTE) * MEBIBYTE;
  return Math.max(SMALLEST_PART_BYTES, wanted);
}

/** How many parts a file has; an empty one has none. */
export function partCountOf(sizeBytes: number, partSizeBytes: number): number {
  return Math.ceil(sizeBytes / partSizeBytes);
}

/** How large the part of this number (from 1) is; 0 when the file has no such part. */
export function sizeOfPart(partNumber: number, sizeBytes: number, partSizeBytes: number): number {
  return Math.max(0, Math.min(partSizeBytes, sizeBytes - (partNumber - 1) * partSizeBytes));
}
