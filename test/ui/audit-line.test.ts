import { describe, expect, test } from "vitest";
import { auditActions } from "~/domain/audit/actions";
import { auditLine } from "~/ui/audit-line";

const order = { id: "o1", name: "#1001" };

describe("auditLine", () => {
  test.each<[string, object, typeof order | null, string, string | null]>([
    ["asset_uploaded", { asset: "Guide", assetId: "a1", number: 1 }, null, "Guide was uploaded", "/app/assets/a1"],
    ["asset_uploaded", { asset: "Guide", number: 3 }, null, "Version 3 of Guide was uploaded", null],
    [
      "attached",
      { titles: ["Guide", "Keys"], count: 2, productTitle: "Poster", productId: "gid://shopify/Product/7" },
      null,
      "Guide and 1 other were attached to Poster",
      "/app/products/7",
    ],
    ["granted", { count: 1, waiting: 0 }, order, "Order #1001 was given 1 item", "/app/orders/o1"],
    [
      "granted",
      { count: 3, waiting: 2 },
      order,
      "Order #1001 was given 3 items, 2 of them waiting for keys",
      "/app/orders/o1",
    ],
    ["revoked", { count: 2, order: "#1002" }, null, "2 items were taken back from order #1002", null],
    ["downloaded", { title: "Guide" }, order, "Guide was downloaded by the customer of order #1001", "/app/orders/o1"],
    [
      "refused",
      { title: "Guide", reason: "limit_reached" },
      order,
      "A download of Guide in order #1001 was refused: no downloads are left",
      "/app/orders/o1",
    ],
    [
      "keys_imported",
      { pool: "Keys", added: 1000, served: 1 },
      null,
      "1,000 keys were imported into Keys; 1 customer who waited got theirs",
      null,
    ],
    ["something_new", {}, null, "something new", null],
  ])("given %s with %j, when it is told, then it is one sentence", (action, data, about, sentence, href) => {
    expect(auditLine({ action, data, order: about })).toEqual({ sentence, href });
  });

  test.each(auditActions)("given %s without any data, when it is told, then it is still a sentence", (action) => {
    const { sentence } = auditLine({ action, data: null, order: null });

    expect(sentence).toMatch(/^[A-Z0-9].+[^ ]$/);
    expect(sentence).not.toMatch(/undefined|null| {2}/);
  });
});
