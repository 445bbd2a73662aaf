import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { readAppConfig } from "../../sandbox/store/app-config.ts";
import { temporaryDir } from "./store-world";

async function configOf(subscriptions: string, scopes = "read_orders") {
  const file = path.join(await temporaryDir(), "shopify.app.toml");
  await writeFile(
    file,
    `name = "App"\napplication_url = "https://app.example.com"\n[access_scopes]\nscopes = "${scopes}"\n[webhooks]\napi_version = "2026-07"\n${subscriptions}`,
  );
  return () => readAppConfig(file);
}

const subscription = (fields: string) => `[[webhooks.subscriptions]]\n${fields}\n`;

describe("shopify.app.toml", () => {
  test("given the project's own, when it is read, then its topics have addresses on the app", () => {
    const { scopes, subscriptions } = readAppConfig(path.resolve("shopify.app.toml"));

    expect(scopes).toContain("read_orders");
    expect(subscriptions).toContainEqual({
      topic: "orders/paid",
      path: "/webhooks/orders",
      name: null,
      includeFields: [],
    });
    expect(subscriptions.map(({ topic }) => topic)).toEqual(
      expect.arrayContaining(["customers/redact", "app/uninstalled"]),
    );
  });

  test.each([
    [
      "an unknown topic",
      subscription('topics = ["orders/eaten"]\nuri = "/w"'),
      /"orders\/eaten" is not a webhook topic/,
    ],
    [
      "a topic without its scope",
      subscription('topics = ["products/update"]\nuri = "/w"'),
      /needs the scope read_products/,
    ],
    [
      "a compliance topic among the others",
      subscription('topics = ["shop/redact"]\nuri = "/w"'),
      /belongs under compliance_topics/,
    ],
    [
      "another host",
      subscription('topics = ["orders/paid"]\nuri = "https://elsewhere.example.com/w"'),
      /is not on https:\/\/app\.example\.com/,
    ],
    ["a misspelt key", subscription('topic = ["orders/paid"]\nuri = "/w"'), /webhooks\.subscriptions\.0/],
    ["broken TOML", "= [", /is not valid TOML/],
  ])("given %s, when it is read, then it is refused and the file named", async (_what, subscriptions, sentence) => {
    const read = await configOf(subscriptions);

    expect(read).toThrow(sentence);
    expect(read).toThrow(/shopify\.app\.toml/);
  });

  test("given leave to write, when a topic needs leave to read, then it is there", async () => {
    const read = await configOf(subscription('topics = ["products/update"]\nuri = "/w"'), "write_products");

    expect(read().subscriptions).toHaveLength(1);
  });
});
