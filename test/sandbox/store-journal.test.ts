import { appendFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { Journal } from "../../sandbox/store/journal.ts";
import { exchange, startWorld, temporaryDir } from "./store-world";

describe("what the store keeps", () => {
  test("given orders, products and tokens, when the store is opened again, then all is as it was", async () => {
    const dir = await temporaryDir();
    const before = await startWorld({ dir });
    const line = { variantId: before.variantOf("FIELD-GUIDE").id, quantity: 2 };
    const { order, webhooks } = before.store.placeOrder({ email: "ada@example.com", lines: [line] });
    await webhooks;
    before.store.createProduct({ title: "Atlas", variants: [{ price: "1.00" }] });
    const token = await exchange(before);
    await before.stop();

    const after = await startWorld({ dir, install: false });
    const next = after.store.placeOrder({ lines: [line] }).order;

    expect(after.store.findOrder(order.id)).toEqual(order);
    expect(after.store.products()).toHaveLength(5);
    expect(
      after.store.accessTokens.isGood((token.body as { access_token: string }).access_token, after.store.demoShop),
    ).toBe(true);
    expect(next.name).toBe("#1002");
    expect(Number(next.id.split("/").at(-1))).toBeGreaterThan(Number(order.id.split("/").at(-1)));
  });

  test("given a kill in the middle of a write, when the journal is opened, then only the torn line is lost", async () => {
    const dir = await temporaryDir();
    const journal = new Journal(dir);
    journal.put("order", "1", { name: "#1" });
    journal.put("order", "2", { name: "#2" });
    journal.put("order", "1", { name: "#1 again" });
    await journal.close();
    await appendFile(path.join(dir, "store.jsonl"), '{"kind":"order","key":"3","val');

    const opened = new Journal(dir);

    expect(opened.list("order")).toEqual([{ name: "#1 again" }, { name: "#2" }]);
    await opened.close();
  });

  test("given no closing at all, when a quarter of a second has passed, then what was put is on the disk", async () => {
    const dir = await temporaryDir();
    const journal = new Journal(dir);
    journal.put("order", "1", { name: "#1" });
    journal.put("order", "2", { name: "#2" });
    journal.remove("order", "2");

    await new Promise((resolve) => setTimeout(resolve, 250));

    expect(new Journal(dir).list("order")).toEqual([{ name: "#1" }]);
  });
});
