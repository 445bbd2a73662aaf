import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Refused } from "../../shared/call-app";
import { findDeliveries, listDeliveries, type OrderGrants } from "../../shared/deliveries";
import type { Grant } from "../../shared/grant";
import type { Host } from "../../shared/host";
import { withGrant } from "../../shared/use-order-grants";

type Listed = {
  /** null until the first page came. */
  orders: OrderGrants[] | null;
  next: string | null;
  isLoading: boolean;
  /** Orders that the last "Show more" added. */
  shownLast: number;
  /** Why the page asked for last is missing. */
  refused: Refused | null;
};

const nothingYet: Listed = { orders: null, next: null, isLoading: true, shownLast: 0, refused: null };

/** The signed-in customer's orders, a page at a time. A page that fails leaves those before it standing. */
export function useOrders(host: Host) {
  const [listed, setListed] = useState<Listed>(nothingYet);
  const isAsking = useRef(false);

  const ask = useCallback(
    async (after: string | null) => {
      if (isAsking.current) return;
      isAsking.current = true;
      setListed((before) => ({ ...before, isLoading: true, refused: null }));
      const answer = await listDeliveries(host, after);
      isAsking.current = false;
      setListed((before) => {
        if (answer.kind === "refused") return { ...before, isLoading: false, refused: answer };
        const { orders, next } = answer.body;
        const shown = before.orders ?? [];
        const added = orders.filter(({ id }) => !shown.some((order) => order.id === id));
        return {
          orders: [...shown, ...added],
          next,
          isLoading: false,
          shownLast: after === null ? 0 : added.length,
          refused: null,
        };
      });
    },
    [host],
  );

  useEffect(() => void ask(null), [ask]);

  function change(orderId: string, grantsFrom: (grants: Grant[]) => Grant[]) {
    setListed((before) => ({
      ...before,
      orders:
        before.orders?.map((order) =>
          order.id === orderId ? { ...order, grants: grantsFrom(order.grants) } : order,
        ) ?? null,
    }));
  }

  async function refresh(orderId: string) {
    const answer = await findDeliveries(host, { order: orderId });
    if (answer.kind === "answered") change(orderId, () => answer.body.grants);
  }

  return {
    ...listed,
    more: () => void ask(listed.next),
    reload: () => void ask(null),
    refresh,
    replace: (orderId: string, grant: Grant) => change(orderId, (grants) => withGrant(grants, grant)),
  };
}
