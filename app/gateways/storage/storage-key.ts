/** Where a version's bytes lie. Made of ids only: a file's name never becomes part of a path. */
export function storageKeyOf({ shopId, assetId, versionId }: { shopId: string; assetId: string; versionId: string }) {
  return `shops/${shopId}/assets/${assetId}/${versionId}`;
}

/** Where a file of keys lies until its import ends, and what came of it. */
export function importKeyOf({ shopId, importId }: { shopId: string; importId: string }) {
  return `shops/${shopId}/imports/${importId}`;
}
