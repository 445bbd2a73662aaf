import { GraphQLError } from "graphql";

export type PageArguments = {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
  reverse?: boolean | null;
};

type SortValue = string | number;
type Position = { lastId: string; lastValue: SortValue };

const largestPage = 250;

/**
 * One page of `rows`, in the order of `sortBy`, ties by id.
 *
 * A cursor names a place in that order, not a row: a row that moved or went away disturbs no one's paging.
 *
 * @throws GraphQLError as Shopify does: neither `first` nor `last`, more than 250, a cursor of another list
 */
export function connectionOf<Row extends { id: string }>(
  rows: Row[],
  page: PageArguments,
  sortBy: (row: Row) => SortValue = (row) => idNumber(row.id),
) {
  const first = page.first ?? undefined;
  const last = page.last ?? undefined;
  if (first === undefined && last === undefined) refuseArguments("you must provide one of first or last");
  if (first !== undefined && last !== undefined) refuseArguments("providing both first and last is not supported");
  const size = first ?? last ?? 0;
  if (size < 0) refuseArguments(`${first === undefined ? "last" : "first"} cannot be negative`);
  if (size > largestPage) refuseArguments(`${first === undefined ? "last" : "first"} cannot exceed ${largestPage}`);

  const direction = page.reverse ? -1 : 1;
  const placed = rows
    .map((row) => ({ row, place: { lastId: row.id, lastValue: sortBy(row) } }))
    .sort((left, right) => direction * comparePlaces(left.place, right.place));
  const after = readCursor(page.after);
  const before = readCursor(page.before);
  const inside = placed.filter(
    ({ place }) =>
      (!after || direction * comparePlaces(place, after) > 0) &&
      (!before || direction * comparePlaces(place, before) < 0),
  );
  const chosen = first === undefined ? inside.slice(Math.max(0, inside.length - size)) : inside.slice(0, size);

  const edges = chosen.map(({ row, place }) => ({ cursor: cursorAt(place), node: row }));
  const start = chosen[0] ? placed.indexOf(chosen[0]) : 0;
  const end = chosen.length > 0 ? start + chosen.length : placed.length;
  return {
    edges,
    nodes: chosen.map(({ row }) => row),
    pageInfo: {
      hasNextPage: chosen.length > 0 ? end < placed.length : false,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

export const emptyConnection = {
  edges: [],
  nodes: [],
  pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
};

function comparePlaces(left: Position, right: Position): number {
  if (left.lastValue !== right.lastValue) return left.lastValue < right.lastValue ? -1 : 1;
  return idNumber(left.lastId) - idNumber(right.lastId);
}

function cursorAt({ lastId, lastValue }: Position): string {
  return Buffer.from(JSON.stringify({ last_id: idNumber(lastId), last_value: lastValue })).toString("base64");
}

function readCursor(cursor: string | null | undefined): Position | null {
  if (cursor === null || cursor === undefined) return null;
  try {
    const place = JSON.parse(Buffer.from(cursor, "base64").toString("utf8")) as Record<string, unknown>;
    const { last_id: lastId, last_value: lastValue } = place;
    if (typeof lastId === "number" && (typeof lastValue === "string" || typeof lastValue === "number")) {
      return { lastId: String(lastId), lastValue };
    }
  } catch {
    // Not a cursor: refused below, with the same words as a cursor of another list.
  }
  return refuseArguments(`Invalid cursor for current pagination sort.`);
}

function idNumber(id: string): number {
  return Number(/(\d+)$/.exec(id)?.[1] ?? 0);
}

function refuseArguments(message: string): never {
  throw new GraphQLError(message, { extensions: { code: "BAD_REQUEST" } });
}
