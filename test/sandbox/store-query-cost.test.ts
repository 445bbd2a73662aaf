import { describe, expect, test } from "vitest";
import { adminClient, at, startWorld } from "./store-world";

describe("query cost", () => {
  test.each([
    ["{ shop { name } }", 1],
    ["{ products(first: 10) { edges { cursor node { id } } pageInfo { hasNextPage } } }", 12],
    ["{ products(first: 10) { nodes { id variants(first: 5) { nodes { id } } } } }", 2 + 10 * (1 + 2 + 5)],
    ["query($n: Int = 7) { orders(first: $n) { nodes { id customer { id } } } }", 2 + 7 * 2],
  ])("given %s, when it runs, then %i points are asked for and no more are spent", async (text, points) => {
    const query = await adminClient(await startWorld());

    const { body } = await query(text);

    expect(at(body, "extensions.cost.requestedQueryCost")).toBe(points);
    expect(at(body, "extensions.cost.actualQueryCost")).toBeLessThanOrEqual(points);
    expect(at(body, "extensions.cost.throttleStatus")).toMatchObject({ maximumAvailable: 2000, restoreRate: 100 });
  });

  test("given a query of more than 1000 points, when it is sent, then it does not run", async () => {
    const query = await adminClient(await startWorld());

    const { body } = await query("{ orders(first: 100) { nodes { lineItems(first: 50) { nodes { id } } } } }");

    expect(body).not.toHaveProperty("data");
    expect(at(body, "errors.0.extensions")).toMatchObject({
      code: "MAX_COST_EXCEEDED",
      cost: 2 + 100 * (1 + 2 + 50),
      maxCost: 1000,
    });
  });

  test("given an empty bucket, when one more query comes, then it is throttled and runs when points are back", async () => {
    const world = await startWorld();
    const query = await adminClient(world);
    const line = { variantId: world.variantOf("POSTER-50X70").id, quantity: 1 };
    for (let made = 0; made < 250; made++) world.store.placeOrder({ customer: null, lines: [line] });
    const dear = "{ orders(first: 250) { nodes { id lineItems(first: 1) { pageInfo { hasNextPage } } } } }";

    const answers = [];
    for (let sent = 0; sent < 4; sent++) answers.push(await query(dear));
    const throttled = answers.find(({ body }) => Object.hasOwn(body as object, "errors"));

    expect(at(throttled?.body, "errors.0")).toMatchObject({ message: "Throttled", extensions: { code: "THROTTLED" } });
    expect(throttled?.status).toBe(200);
    expect(at(answers[0]?.body, "extensions.cost.actualQueryCost")).toBe(2 + 250 * 3);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await query("{ shop { name } }")).toMatchObject({ body: { data: { shop: { name: "Featherpost Demo" } } } });
  });
});
