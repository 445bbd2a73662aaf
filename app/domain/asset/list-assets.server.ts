import { Prisma } from "@prisma/client";
import { db } from "~/db.server";
import { readCursor, writeCursor, type AssetCursor } from "./asset-cursor";
import type { AssetSort } from "./asset-sort";

export type ListAssetsInput = {
  shopId: string;
  /** Part of a title, in any case. */
  search?: string;
  status?: "active" | "archived" | "all";
  sort?: AssetSort;
  /** `nextCursor` or `previousCursor` of a list of the same sort. */
  cursor?: string | null;
  limit?: number;
};

export type AssetRow = {
  id: string;
  kind: "file" | "link";
  title: string;
  url: string | null;
  /** Of the current version; null for a link. */
  fileName: string | null;
  sizeBytes: number | null;
  versionNumber: number | null;
  /** Standing attachments. */
  attachmentCount: number;
  createdAt: Date;
  archivedAt: Date | null;
};

export type AssetPage = {
  assets: AssetRow[];
  nextCursor: string | null;
  previousCursor: string | null;
};

type StoredRow = Omit<AssetRow, "sizeBytes"> & { sizeBytes: bigint | null };

/**
 * A page of the shop's assets: links, and files of which a version is ready.
 *
 * Each page is found through an index and costs the same wherever in the list it lies.
 */
export async function listAssets(input: ListAssetsInput): Promise<AssetPage> {
  const { shopId, search = "", status = "active", sort = "createdAt-desc", limit = 50 } = input;
  const cursor = readCursor(input.cursor, sort);
  const isBackward = cursor?.toward === "previous";
  const { column, bound } = columnOf(sort, cursor?.value ?? "");
  const isAscending = sort.endsWith("-asc") !== isBackward;
  const direction = isAscending ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const beyond = isAscending ? Prisma.sql`>` : Prisma.sql`<`;

  const conditions = [
    Prisma.sql`asset."shopId" = ${shopId}::uuid`,
    Prisma.sql`(asset.kind = 'link' OR asset."currentVersionId" IS NOT NULL)`,
  ];
  if (status === "active") conditions.push(Prisma.sql`asset."archivedAt" IS NULL`);
  if (status === "archived") conditions.push(Prisma.sql`asset."archivedAt" IS NOT NULL`);
  if (search.trim()) conditions.push(Prisma.sql`asset.title ILIKE ${containing(search.trim())}`);
  if (cursor) conditions.push(Prisma.sql`(${column}, asset.id) ${beyond} (${bound}, ${cursor.id}::uuid)`);

  const rows = await db.$queryRaw<StoredRow[]>`
    SELECT asset.id, asset.kind, asset.title, asset.url, asset."sizeBytes", asset."createdAt", asset."archivedAt",
      version."fileName", version.number AS "versionNumber",
      (SELECT count(*)::int FROM "Attachment" attachment
        WHERE attachment."assetId" = asset.id AND attachment."detachedAt" IS NULL) AS "attachmentCount"
    FROM (
      SELECT * FROM "Asset" asset WHERE ${Prisma.join(conditions, " AND ")}
      ORDER BY ${column} ${direction}, asset.id ${direction} LIMIT ${limit + 1}
    ) asset
    LEFT JOIN "AssetVersion" version ON version.id = asset."currentVersionId"
    ORDER BY ${column} ${direction}, asset.id ${direction}`;

  const page = rows.slice(0, limit).map(shown);
  if (isBackward) page.reverse();
  const hasMore = rows.length > limit;
  const at = (toward: AssetCursor["toward"], row?: AssetRow) =>
    row ? writeCursor({ sort, toward, value: valueOf(row, sort), id: row.id }) : null;

  return {
    assets: page,
    nextCursor: isBackward || hasMore ? at("next", page.at(-1)) : null,
    previousCursor: (isBackward ? hasMore : cursor) ? at("previous", page[0]) : null,
  };
}

/** The column sorted by, and a cursor's value as it is compared with it. */
function columnOf(sort: AssetSort, value: string) {
  if (sort.startsWith("title")) return { column: Prisma.sql`lower(asset.title)`, bound: Prisma.sql`lower(${value})` };
  if (sort.startsWith("size")) return { column: Prisma.sql`asset."sizeBytes"`, bound: Prisma.sql`${value}::bigint` };
  return { column: Prisma.sql`asset."createdAt"`, bound: Prisma.sql`${value}::timestamptz` };
}

function valueOf(row: AssetRow, sort: AssetSort) {
  if (sort.startsWith("title")) return row.title;
  return sort.startsWith("size") ? String(row.sizeBytes ?? 0) : row.createdAt.toISOString();
}

function shown({ sizeBytes, ...row }: StoredRow): AssetRow {
  return { ...row, sizeBytes: row.kind === "link" ? null : Number(sizeBytes) };
}

/** A pattern for ILIKE in which the merchant's %, _ and \ stand for themselves. */
function containing(text: string) {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}
