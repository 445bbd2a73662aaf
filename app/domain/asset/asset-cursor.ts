import { z } from "zod";
import { assetSorts, type AssetSort } from "./asset-sort";

const AssetCursor = z.object({
  sort: z.enum(assetSorts),
  /** Which way to go on from the row: to those after it, or back to those before. */
  toward: z.enum(["next", "previous"]),
  /** The row's value of the column sorted by: an ISO date, a title, or bytes in decimal. */
  value: z.string(),
  id: z.uuid(),
});

/** Where in a sorted list a page begins: the row next to it. */
export type AssetCursor = z.infer<typeof AssetCursor>;

export function writeCursor(cursor: AssetCursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

/** Null for anything that is not a cursor of this sort: the list then begins at its start. */
export function readCursor(text: string | null | undefined, sort: AssetSort): AssetCursor | null {
  if (!text) return null;
  try {
    const cursor = AssetCursor.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
    return cursor.sort === sort && isValueOf(cursor) ? cursor : null;
  } catch {
    return null;
  }
}

function isValueOf({ sort, value }: AssetCursor) {
  if (sort.startsWith("createdAt")) return !Number.isNaN(Date.parse(value));
  return sort.startsWith("title") || /^\d{1,15}$/.test(value);
}
