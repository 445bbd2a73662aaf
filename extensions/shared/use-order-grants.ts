import { useCallback, useEffect, useState } from "preact/hooks";
import type { Answer, Refused } from "./call-app";
import { findDeliveries, type OrderGrants, type OrderProof } from "./deliveries";
import type { Grant } from "./grant";
import type { Host } from "./host";

export type OrderView =
  | { phase: "loading" }
  /** The order was placed moments ago: the app is asked again until it knows of it. */
  | { phase: "preparing" }
  /** It was asked for a minute in vain. */
  | { phase: "late" }
  | { phase: "failed"; refused: Refused }
  | { phase: "ready"; grants: Grant[] };

/** The app hears of an order through a webhook, seconds after the customer sees the thank-you page. */
const WAITS_SECONDS = [2, 3, 5, 8, 13, 15, 15];
/** An order the app knows that gives nothing yet is not paid, or has nothing to give: not worth a minute. */
const WAITS_WHEN_EMPTY = 4;

/** What an order gives, as far as it is known; `reload` starts over, `refresh` only swaps what is shown. */
export function useOrderGrants(host: Host, { order, checkout }: OrderProof, isJustPlaced: boolean) {
  const [view, setView] = useState<OrderView>({ phase: "loading" });
  const [round, setRound] = useState(0);

  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    async function look(looksBefore: number) {
      const answer = await findDeliveries(host, { order, checkout });
      if (isOver) return;

      const waitSeconds = isJustPlaced ? waitAfter(answer, looksBefore) : undefined;
      if (waitSeconds === undefined) return setView(viewOf(answer, isJustPlaced));
      setView({ phase: "preparing" });
      timer = setTimeout(() => void look(looksBefore + 1), waitSeconds * 1000);
    }

    setView({ phase: "loading" });
    void look(0);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [host, order, checkout, isJustPlaced, round]);

  const refresh = useCallback(async () => {
    const answer = await findDeliveries(host, { order, checkout });
    if (answer.kind === "answered") setView({ phase: "ready", grants: answer.body.grants });
  }, [host, order, checkout]);

  const replace = useCallback((changed: Grant) => {
    setView((now) => (now.phase === "ready" ? { ...now, grants: withGrant(now.grants, changed) } : now));
  }, []);

  return { view, reload: () => setRound((last) => last + 1), refresh, replace };
}

/** The same grants, one of them as it is now. */
export function withGrant(grants: Grant[], changed: Grant): Grant[] {
  return grants.map((grant) => (grant.id === changed.id ? changed : grant));
}

function waitAfter(answer: Answer<OrderGrants>, looksBefore: number): number | undefined {
  const wait = WAITS_SECONDS[looksBefore];
  if (answer.kind === "refused") return isNotYet(answer) || answer.code === "rate_limited" ? wait : undefined;
  return answer.body.grants.length === 0 && looksBefore < WAITS_WHEN_EMPTY ? wait : undefined;
}

function viewOf(answer: Answer<OrderGrants>, isJustPlaced: boolean): OrderView {
  if (answer.kind === "answered") return { phase: "ready", grants: answer.body.grants };
  return isJustPlaced && isNotYet(answer) ? { phase: "late" } : { phase: "failed", refused: answer };
}

function isNotYet({ code }: Refused) {
  return code === "order_not_found" || code === "order_not_yours";
}
