import type { OrderTrace, TracedThing } from "./trace";

/** A trace as plain text, to paste to support: no key, no token, no address. */
export function traceText({ order, shopifyId, tracedAt, things, told }: OrderTrace): string {
  const head = [`Order ${order} (${shopifyId}), looked at ${tracedAt.toISOString()}`, ...told];
  return [head.join("\n"), ...things.map(thingText)].join("\n\n");
}

function thingText(thing: TracedThing): string {
  const { line, title, grants, steps } = thing;
  const count = grants > 1 ? ` (${grants} alike)` : "";
  return [
    `${title}${title === line ? "" : `, from ${line}`}${count}: ${verdict(thing)}`,
    ...steps.map(({ check, passed, detail }) => {
      return `  ${passed ? "ok" : "NO"}  ${check}: ${detail}${check === thing.decidedBy ? "  <- this decides" : ""}`;
    }),
  ].join("\n");
}

/** In a few words, whether the customer can have it. */
export function verdict({ decidedBy, grants }: Pick<TracedThing, "decidedBy" | "grants">): string {
  if (decidedBy === null) return "the customer can have it";
  if (decidedBy === "stream_only") return "the customer can play it, and not download it";
  return grants === 0 ? "the customer was not given it" : "the customer cannot have it";
}
