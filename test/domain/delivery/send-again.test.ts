import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { listUndelivered } from "~/domain/delivery/list-undelivered.server";
import { sendAgain } from "~/domain/delivery/send-again.server";
import { createDelivery, createShop, openConnections } from "../../factories";

const now = new Date(Date.now() + 60_000); // after all that the factories write
const actor = "person:1" as const;

function undeliveredOf({ shopId }: { shopId: string }) {
  return listUndelivered({ shopId, now });
}

describe("sendAgain", () => {
  test("given a failed delivery, when it is sent again, then a new one is queued and nothing more is granted", async () => {
    const failed = await createDelivery({ state: "failed", kind: "keys_arrived" });
    const { shopId, orderId } = failed;
    const grantsBefore = await db.grant.findMany({ where: { orderId } });

    const result = await sendAgain({ shopId, orderId, actor, now });

    const again = await db.delivery.findMany({ where: { orderId, id: { not: failed.id } } });
    expect(result).toEqual({ kind: "queued", deliveryId: again[0]?.id });
    expect(again).toMatchObject([{ state: "queued", kind: "keys_arrived" }]);
    expect(again[0]?.tokenHash).not.toEqual(failed.tokenHash);
    expect(await db.grant.findMany({ where: { orderId } })).toEqual(grantsBefore);
    expect((await undeliveredOf(failed)).orders).toEqual([]);
  });

  test("given eight clicks at once, when it is sent again, then one message is queued", async () => {
    const { shopId, orderId } = await createDelivery({ state: "failed" });
    await openConnections(8);

    const clicks = Array.from({ length: 8 }, () => sendAgain({ shopId, orderId, actor, now }));
    const kinds = (await Promise.all(clicks)).map(({ kind }) => kind);

    expect(kinds.filter((kind) => kind === "queued")).toHaveLength(1);
    expect(await db.delivery.count({ where: { orderId, state: "queued" } })).toBe(1);
  });

  test("given an order without address, when it is sent again, then that is said; with one, it is sent", async () => {
    const { shopId, orderId } = await createDelivery({ order: { email: null } });

    expect(await sendAgain({ shopId, orderId, actor, now })).toEqual({ kind: "refused", reason: "no_address" });

    await db.order.update({ where: { id: orderId }, data: { email: "now@example.com" } });
    expect((await sendAgain({ shopId, orderId, actor, now })).kind).toBe("queued");
  });

  test("given everything taken back, another shop's order, or one under way, when it is sent again, then it is refused", async () => {
    const revoked = await createDelivery({ state: "failed" });
    await db.grant.updateMany({ where: { orderId: revoked.orderId }, data: { state: "revoked" } });
    const underWay = await createDelivery();
    const stranger = await createShop();

    const reasonOf = async (shopId: string, orderId: string) => {
      const result = await sendAgain({ shopId, orderId, actor, now });
      return result.kind === "refused" ? result.reason : result.kind;
    };
    expect(await reasonOf(revoked.shopId, revoked.orderId)).toBe("nothing_given");
    expect(await reasonOf(underWay.shopId, underWay.orderId)).toBe("under_way");
    expect(await reasonOf(stranger.id, underWay.orderId)).toBe("unknown_order");
  });
});

describe("listUndelivered", () => {
  test("given orders that failed, have no address, were told since, or were erased, when listed, then the first two are", async () => {
    const failed = await createDelivery({ state: "failed", problem: "No such user" });
    const { shopId } = failed;
    const ofShop = async (columns: Parameters<typeof createDelivery>[0]) => {
      const delivery = await createDelivery(columns);
      await db.order.update({ where: { id: delivery.orderId }, data: { shopId } });
      return db.delivery.update({ where: { id: delivery.id }, data: { shopId } });
    };
    const unaddressed = await ofShop({ order: { email: null } });
    const toldSince = await ofShop({ state: "failed" });
    await createDelivery({ orderId: toldSince.orderId, state: "sent" });
    const erased = await ofShop({ state: "failed" });
    await db.order.update({ where: { id: erased.orderId }, data: { redactedAt: now } });

    const { orders, next } = await undeliveredOf({ shopId });

    expect(orders.map(({ orderId, state, problem }) => ({ orderId, state, problem }))).toEqual([
      { orderId: unaddressed.orderId, state: "unaddressed", problem: null },
      { orderId: failed.orderId, state: "failed", problem: "No such user" },
    ]);
    expect(next).toBeNull();
    const first = await listUndelivered({ shopId, limit: 1, now });
    const second = await listUndelivered({ shopId, limit: 1, now, cursor: first.next ?? "" });
    expect([first, second].map((page) => page.orders[0]?.orderId)).toEqual([unaddressed.orderId, failed.orderId]);
  });

  test.each(["nonsense", `1_${"-".repeat(36)}`, "999999999999999_0199aa00-0000-7000-8000-000000000000"])(
    "given the cursor %s, which no page said, when listed, then it begins at the newest",
    async (cursor) => {
      const { shopId } = await createDelivery({ state: "failed" });

      expect((await listUndelivered({ shopId, cursor, now })).orders).toHaveLength(1);
    },
  );
});
