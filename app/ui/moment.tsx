import { useSyncExternalStore } from "react";

const shape = { dateStyle: "medium", timeStyle: "short" } as const;

/** A moment, in the reader's own time zone once the page runs; until then in UTC. */
export function Moment({ at }: { at: string }) {
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
