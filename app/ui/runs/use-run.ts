import { useFetcher } from "@remix-run/react";
import { useEffect } from "react";
import { isUnderWay, type RunView } from "~/domain/bulk-run/run-view";

const EVERY_MS = 1_000;

/**
 * A run, asked for every second while it is under way.
 *
 * @param runId  null: none was started
 * @param known  the run as the page came with it
 */
export function useRun(runId: string | null, known: RunView | null = null): RunView | null {
  const { load, data, state } = useFetcher<{ run: RunView }>();
  const asked = data?.run.id === runId ? data.run : null;
  const run = asked ?? (known?.id === runId ? known : null);
  const isWaiting = runId !== null && (run === null || isUnderWay(run));

  useEffect(() => {
    if (!isWaiting || state !== "idle") return;
    const timer = setTimeout(() => load(`/app/runs/${runId}`), run ? EVERY_MS : 0);
    return () => clearTimeout(timer);
  }, [isWaiting, state, load, runId, run]);

  return run;
}
