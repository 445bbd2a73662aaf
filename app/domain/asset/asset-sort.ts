export const assetSorts = [
  "createdAt-desc",
  "createdAt-asc",
  "title-asc",
  "title-desc",
  "size-desc",
  "size-asc",
] as const;

export type AssetSort = (typeof assetSorts)[number];
