import type { ByteRange } from "./object-shelf.ts";

/**
 * Reads a Range header for something of `sizeBytes`.
 *
 * @returns undefined when all of it is to be sent: no range, several, or one that cannot be read
 */
export function readRange(header: string | undefined, sizeBytes: number): ByteRange | "unsatisfiable" | undefined {
  const match = /^bytes=(\d{0,16})-(\d{0,16})$/.exec(header?.replace(/\s/g, "") ?? "");
  if (!match) return undefined;
  const [, from = "", to = ""] = match;
  if (from === "" && to === "") return undefined;

  if (from === "") {
    const length = Math.min(Number(to), sizeBytes);
    return length === 0 ? "unsatisfiable" : { first: sizeBytes - length, last: sizeBytes - 1 };
  }
  const first = Number(from);
  if (to !== "" && Number(to) < first) return undefined;
  if (first >= sizeBytes) return "unsatisfiable";
  return { first, last: to === "" ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1) };
}
