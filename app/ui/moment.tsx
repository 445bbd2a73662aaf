import { useSyncExternalStore } from "react";

const toTheMinute = { dateStyle: "medium", timeStyle: "short" } as const;
const toTheHour = { year: "numeric", month: "short", day: "numeric", hour: "numeric" } as const;

/** A moment, in the reader's own time zone once the page runs; until then in UTC. */
export function Moment({ at, isToTheHour = false }: { at: string; isToTheHour?: boolean }) {
  const shape = isToTheHour ? toTheHour : toTheMinute;
  const text = useSyncExternalStore(
    neverChanges,
    () => new Date(at).toLocaleString("en", shape),
    () => `${new Date(at).toLocaleString("en", { ...shape, timeZone: "UTC" })} UTC`,
  );

  return <time dateTime={at}>{text}</time>;
}

function neverChanges() {
  return () => {};
}
