import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { appAnswers, extensionFor, json, until } from "./customer-screen";

vi.mock("../../extensions/shared/app-url", () => ({ appUrl: () => null }));

const { extension, setUp, tearDown } = extensionFor("customer-account.page.render");

beforeEach(() => {
  setUp();
  extension.shopify.settings.value = {};
});
afterEach(() => tearDown());

test("given a bundle that does not know where the app is, when it is shown, then it says so and asks nobody", async () => {
  const app = appAnswers(extension, json({ orders: [], next: null }));

  await extension.render();

  await until("Downloads are not set up correctly.");
  expect(app).not.toHaveBeenCalled();
});
