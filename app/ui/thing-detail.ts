import { sizeInWords } from "./size-in-words";

type Thing =
  | { kind: "file"; title: string; fileName: string | null; sizeBytes: number | null }
  | { kind: "link"; url: string }
  | { kind: "keys"; available: number; keysPerUnit?: number };

/** What to know of a thing beside its title: a file's size, where a link leads, how many keys are left. */
export function thingDetail(thing: Thing): string {
  if (thing.kind === "link") return `Link to ${hostOf(thing.url)}`;
  if (thing.kind === "keys") {
    const perUnit = thing.keysPerUnit ? [`${counted(thing.keysPerUnit, "key")} per unit`] : [];
    return [...perUnit, `${counted(thing.available, "key")} left`].join(" · ");
  }

  const name = thing.fileName && thing.fileName !== thing.title ? [thing.fileName] : [];
  const size = thing.sizeBytes === null ? [] : [sizeInWords(thing.sizeBytes)];
  return ["File", ...name, ...size].join(" · ");
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
