import type { DryRunInput, PastOrdersInput } from "./run-input";
import type { DryRunReport, PastOrdersReport } from "./run-report";

type Shared = {
  id: string;
  state: "queued" | "running" | "done" | "cancelled";
  /** Orders looked at, of all; `total` is null until they are counted. */
  done: number;
  total: number | null;
  /** What keeps it from going on; it is tried again by itself. */
  problem: string | null;
  /** ISO 8601. */
  createdAt: string;
  finishedAt: string | null;
};

export type PastRunView = Shared & { kind: "past_orders"; input: PastOrdersInput; report: PastOrdersReport };
export type DryRunView = Shared & { kind: "dry_run"; input: DryRunInput; report: DryRunReport };

/** A run as the screens show it. */
export type RunView = PastRunView | DryRunView;

export function isUnderWay({ state }: Pick<RunView, "state">): boolean {
  return state === "queued" || state === "running";
}
