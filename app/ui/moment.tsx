import { useEffect, useState } from "react";

const shape = { dateStyle: "medium", timeStyle: "short" } as const;

/** A moment, in the reader's own time zone once the page runs; until then in UTC. */
export function Moment({ at }: { at: string }) {
  const [text, setText] = useState(() => `${new Date(at).toLocaleString("en", { ...shape, timeZone: "UTC" })} UTC`);
  useEffect(() => setText(new Date(at).toLocaleString("en", shape)), [at]);

  return <time dateTime={at}>{text}</time>;
}
