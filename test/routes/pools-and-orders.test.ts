import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { action as actOnOrder, loader as showOrder } from "~/routes/app.orders.$orderId/route";
import { loader as showOrders } from "~/routes/app.orders._index/route";
import { action as actOnPool, loader as showPool } from "~/routes/app.pools.$poolId/route";
import { action as makePool } from "~/routes/app.pools._index/route";
import { createGrant, createOrder, createPool } from "../factories";
import { createMerchant, formOf, visit } from "../setup/merchant";

describe("ids in a URL", () => {
  test.each([
    ["is no id", "not-an-id"],
    ["nothing has", randomUUID()],
  ])("given an id that %s, when its pool or order is opened, then it is not found", async (_, id) => {
    const merchant = await createMerchant();

    expect((await visit(showPool, merchant, { poolId: id })).status).toBe(404);
    expect((await visit(showOrder, merchant, { orderId: id })).status).toBe(404);
  });

  test("given another shop's pool and order, when they are opened or acted on, then they are not found", async () => {
    const merchant = await createMerchant();
    const { id: poolId, shopId } = await createPool({ keys: ["ABCD-1234"] });
    const { id: grantId, orderId } = await createGrant({ shopId, poolId, key: "ABCD-1234" });

    expect((await visit(showPool, merchant, { poolId })).status).toBe(404);
    expect((await visit(showOrder, merchant, { orderId })).status).toBe(404);
    expect((await visit(actOnPool, merchant, { poolId }, formOf({ intent: "archive" }))).status).toBe(404);
    const revoke = formOf({ intent: "revoke", grantId });
    expect((await visit(actOnOrder, merchant, { orderId }, revoke)).status).toBe(404);
    const reveal = await visit(actOnOrder, merchant, { orderId }, formOf({ intent: "reveal", grantId }));
    expect(JSON.stringify(reveal.body)).not.toContain("ABCD");
    expect(await db.grant.findUnique({ where: { id: grantId } })).toMatchObject({ state: "active" });
  });
});

describe("forms", () => {
  test.each([
    ["no name", { name: "  ", activationLimit: "" }, "name"],
    ["no number as limit", { name: "Keys", activationLimit: "many" }, "activationLimit"],
    ["a limit of 0", { name: "Keys", activationLimit: "0" }, "activationLimit"],
    ["a limit over 100,000", { name: "Keys", activationLimit: "100001" }, "activationLimit"],
  ])("given a new pool with %s, when it is sent, then that field is told in words", async (_, fields, field) => {
    const answer = await visit(makePool, await createMerchant(), {}, formOf(fields));

    expect(answer).toMatchObject({
      status: 422,
      body: { errors: { [field]: [expect.stringMatching(/^(Give|Enter)/)] } },
    });
  });

  test("given a grant, when it is extended by a word, then that field is told and nothing changes", async () => {
    const merchant = await createMerchant();
    const { id: grantId, orderId } = await createGrant({ shopId: merchant.shopId });
    const fields = {
      intent: "extend",
      grantId,
      days: "",
      downloads: "more",
      seenExpiresAt: "",
      seenDownloadLimit: "5",
    };

    const answer = await visit(actOnOrder, merchant, { orderId }, formOf(fields));

    expect(answer).toMatchObject({ status: 422, body: { errors: { downloads: ["Enter a whole number"] } } });
  });

  test("given a grant, when it is extended, then what the person saw is compared and the new limit is there", async () => {
    const merchant = await createMerchant();
    const expiresAt = new Date("2030-01-01T00:00:00.123Z");
    const { id: grantId, orderId } = await createGrant({ shopId: merchant.shopId, expiresAt });
    const seen = { seenExpiresAt: expiresAt.toISOString(), seenDownloadLimit: "5" };

    const answer = await visit(
      actOnOrder,
      merchant,
      { orderId },
      formOf({ intent: "extend", grantId, days: "1", downloads: "2", ...seen }),
    );

    expect(answer.body).toEqual({ kind: "done", message: "Extended" });
    expect(await db.grant.findUnique({ where: { id: grantId } })).toMatchObject({
      downloadLimit: 7,
      expiresAt: new Date("2030-01-02T00:00:00.123Z"),
    });
  });

  test("given orders, when they are searched, then those that match are shown", async () => {
    const merchant = await createMerchant();
    const order = await createOrder({ shopId: merchant.shopId, email: "ann@example.com" });
    await createGrant({ orderId: order.id, shopId: merchant.shopId });

    const found = await visit(showOrders, merchant, {}, undefined, "?q=ann");
    const none = await visit(showOrders, merchant, {}, undefined, "?q=bob&cursor=nonsense");

    expect(found.body.orders).toHaveLength(1);
    expect(none.body.orders).toHaveLength(0);
  });
});
