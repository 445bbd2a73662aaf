import { Button } from "@shopify/polaris";
import { asSentence } from "~/ui/as-sentence";
import { Concern } from "./concern";

export type PoolConcernsShown = {
  starvedPools: { id: string; name: string; waiting: number }[];
  lowPools: { id: string; name: string; available: number; daysLeft: number | null }[];
  unsetInventory: { id: string; name: string; problem: string }[];
};

/** Pools that ran out of keys, that run low, and whose keys left Shopify could not be told. */
export function PoolConcerns({ starvedPools, lowPools, unsetInventory }: PoolConcernsShown) {
  return (
    <>
      {starvedPools.map((pool) => (
        <Concern key={pool.id} action={<FillButton {...pool} />}>
          <b>{pool.name}</b> ran out of keys, and customers wait for {pool.waiting.toLocaleString("en")}. Import more:
          who waited longest is served first.
        </Concern>
      ))}
      {lowPools.map((pool) => (
        <Concern key={pool.id} action={<FillButton {...pool} />}>
          <b>{pool.name}</b> {pool.available === 0 ? "has no keys left." : `has only ${leftText(pool)}.`} Whoever buys
          when there are none waits for your next import.
        </Concern>
      ))}
      {unsetInventory.map((pool) => (
        <Concern
          key={pool.id}
          action={
            <Button url={`/app/pools/${pool.id}`} accessibilityLabel={`Look at ${pool.name}`}>
              Look
            </Button>
          }
        >
          The stock in Shopify could not be set to the keys left in <b>{pool.name}</b>: {asSentence(pool.problem)}
        </Concern>
      ))}
    </>
  );
}

function FillButton({ id, name }: { id: string; name: string }) {
  return (
    <Button url={`/app/pools/${id}`} accessibilityLabel={`Import keys into ${name}`}>
      Import keys
    </Button>
  );
}

function leftText({ available, daysLeft }: { available: number; daysLeft: number | null }): string {
  const keys = `${available.toLocaleString("en")} ${available === 1 ? "key" : "keys"} left`;
  if (daysLeft === null) return keys;
  const days = daysLeft < 1 ? "less than a day" : daysLeft === 1 ? "about a day" : `about ${daysLeft} days`;
  return `${keys}, enough for ${days} as you sell now`;
}
