import type { GateReason } from "~/domain/download/gate";

/** Everything that is asked, in this order: what is known of the order, what gives it, and then the gate of a download. */
export type TraceCheck = "known" | "paid" | "units" | "attached" | "granted" | GateReason;

export type TraceStep = {
  check: TraceCheck;
  passed: boolean;
  /** What was looked at, in English, for the merchant. Never a key, a token or an address. */
  detail: string;
};

/** One thing a line gives, or might have given. */
export type TracedThing = {
  line: string;
  title: string;
  /** So many grants that stand alike: keys of several units. 0: none was made. */
  grants: number;
  steps: TraceStep[];
  /** The first that did not pass; null: the customer can have it. */
  decidedBy: TraceCheck | null;
};

export type OrderTrace = {
  order: string;
  /** gid://shopify/Order/… */
  shopifyId: string;
  tracedAt: Date;
  things: TracedThing[];
  /** Whether and how the customer was told; it decides nothing. */
  told: string[];
};

export function decidedBy(steps: TraceStep[]): TraceCheck | null {
  return steps.find(({ passed }) => !passed)?.check ?? null;
}

/** Things that stand alike, told once. */
export function grouped(things: TracedThing[]): TracedThing[] {
  const alike = Map.groupBy(things, ({ line, title, steps }) => JSON.stringify([line, title, steps]));
  return [...alike.values()].flatMap(([first, ...others]) => {
    return first ? [{ ...first, grants: others.reduce((sum, { grants }) => sum + grants, first.grants) }] : [];
  });
}
