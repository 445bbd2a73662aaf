import { useFetcher } from "@remix-run/react";
import { Button } from "@shopify/polaris";
import { asSentence } from "~/ui/as-sentence";
import { Concern } from "./concern";

export type OrderConcernsShown = {
  held: number;
  disputed: number;
  unfulfilled: { problem: string; orders: number }[];
  sweepProblem: string | null;
  stuckOrders: number;
};

/** Orders that wait for a person. */
export function OrderConcerns({ concerns }: { concerns: OrderConcernsShown }) {
  const { held, disputed, unfulfilled, sweepProblem, stuckOrders } = concerns;
  const retrying = useFetcher();
  const retry = () => retrying.submit({ intent: "retry_fulfillment" }, { method: "post" });

  return (
    <>
      {held > 0 && (
        <Concern action={<Button url="/app/orders?only=held">See held orders</Button>}>
          {orders(held)} {held === 1 ? "is" : "are"} held back because Shopify sees a high risk of fraud. The customers
          get nothing until you release {held === 1 ? "it" : "them"}.
        </Concern>
      )}
      {disputed > 0 && (
        <Concern action={<Button url="/app/orders?only=disputed">See disputes</Button>}>
          A payment dispute was opened on {orders(disputed)}. Export the evidence of what was delivered and send it to
          Shopify in time.
        </Concern>
      )}
      {unfulfilled.map(({ problem, orders: count }) => (
        <Concern
          key={problem}
          action={
            <Button onClick={retry} loading={retrying.state !== "idle"}>
              Try again
            </Button>
          }
        >
          Shopify could not be told that {orders(count)} {count === 1 ? "is" : "are"} fulfilled. {asSentence(problem)}{" "}
          The customers have what they bought.
        </Concern>
      ))}
      {sweepProblem && (
        <Concern action={null}>
          Featherpost cannot ask Shopify which orders changed: {asSentence(sweepProblem)} It tries again by itself;
          until then an order whose message was lost may wait.
        </Concern>
      )}
      {stuckOrders > 0 && (
        <Concern action={null}>
          Featherpost fails to bring {orders(stuckOrders)} up to date; what {stuckOrders === 1 ? "it is" : "they are"}{" "}
          owed may be missing. It tries again by itself; whoever runs Featherpost finds the reason in its log.
        </Concern>
      )}
    </>
  );
}

function orders(count: number): string {
  return count === 1 ? "1 order" : `${count.toLocaleString("en")} orders`;
}
