/** An upload begun in another window, or before this one was reloaded, as the server remembers it. */
export type Unfinished = {
  versionId: string;
  assetId: string;
  versionOf: string | null;
  fileName: string;
  sizeBytes: number;
  lastModified: number | null;
  createdAt: string;
};

/** Whether a chosen file is the one whose upload was not finished: by name, size and time of change. */
export function isSameFile(file: Pick<File, "name" | "size" | "lastModified">, unfinished: Unfinished): boolean {
  const { fileName, sizeBytes, lastModified } = unfinished;
  const isSameTime = lastModified === null || file.lastModified === lastModified;
  return file.name === fileName && file.size === sizeBytes && isSameTime;
}
