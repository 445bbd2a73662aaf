/** Now, to the second, as Shopify counts: `2026-01-15T12:00:00Z`. */
export function nowToTheSecond(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}

const offsets = new Map<string, Intl.DateTimeFormat>();

/**
 * The moment as webhooks carry it, in the shop's own time: `2026-01-15T07:00:00-05:00`.
 *
 * @param timeZone  IANA name
 */
export function inShopTime(moment: string, timeZone: string): string {
  let format = offsets.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
    offsets.set(timeZone, format);
  }
  const date = new Date(moment);
  const name = format.formatToParts(date).find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  const offset = name === "GMT" ? "+00:00" : name.slice(3);
  const minutes = Number(`${offset[0]}1`) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6)));
  return `${new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, 19)}${offset}`;
}
