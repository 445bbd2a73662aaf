import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

test("given the example client, when the README is read, then it shows the very program that is tested", async () => {
  const client = await readFile("test/example-client/license-client.ts", "utf8");

  expect(await readFile("README.md", "utf8")).toContain(`\`\`\`ts\n${client}\`\`\`\n`);
});
