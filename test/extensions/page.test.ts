import { waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  announced,
  appAnswers,
  extensionFor,
  findButton,
  grant,
  json,
  keyGrant,
  offline,
  press,
  refusal,
  said,
  until,
} from "./customer-screen";

const { extension, setUp, tearDown } = extensionFor("customer-account.page.render");

const order = (number: number, ...grants: ReturnType<typeof grant>[]) => ({
  id: `gid://shopify/Order/${number}`,
  name: `#${number}`,
  grants,
});

beforeEach(() => {
  setUp();
  extension.shopify.settings.value = {};
  extension.navigation.navigate = vi.fn();
});
afterEach(() => tearDown());

const sections = () => [...document.querySelectorAll("s-section")].map((section) => section.getAttribute("heading"));

describe("the page of a customer's downloads", () => {
  test("given two orders, when it is shown, then each has its own section and what it gives", async () => {
    const app = appAnswers(
      extension,
      json({ orders: [order(1002, grant()), order(1001, keyGrant({ id: "grant-2" }))], next: null }),
    );

    await extension.render();

    await until("Field Guide");
    expect(sections()).toEqual(["Order #1002", "Order #1001"]);
    expect(said()).toContain("SYNTH-0001-ABCD");
    expect(document.querySelector("s-page")?.getAttribute("heading")).toBe("Your downloads");
    expect(app.mock.calls[0]?.[0]).toBe("https://app.example.com/customer/deliveries");
    expect(findButton("Show more")).toBeUndefined();
  });

  test("given more orders than a page, when more are asked for, then they follow and the cursor is sent as it came", async () => {
    const app = appAnswers(
      extension,
      json({ orders: [order(1002, grant())], next: "a+b/c=" }),
      json({ orders: [order(1001, grant({ id: "grant-2", title: "Sounds" }))], next: null }),
    );
    await extension.render();
    await until("Field Guide");

    press("Show more");

    await until("Sounds");
    expect(app.mock.calls[1]?.[0]).toBe("https://app.example.com/customer/deliveries?after=a%2Bb%2Fc%3D");
    expect(sections()).toEqual(["Order #1002", "Order #1001"]);
    expect(announced()).toContain("1 more order shown");
    expect(findButton("Show more")).toBeUndefined();
  });

  test("given an order that came on two pages, when both are shown, then it stands there once", async () => {
    appAnswers(
      extension,
      json({ orders: [order(1002, grant())], next: "c" }),
      json({ orders: [order(1002, grant()), order(1001)], next: null }),
    );
    await extension.render();
    await until("Field Guide");

    press("Show more");

    await until("Order #1001");
    expect(sections()).toEqual(["Order #1002", "Order #1001"]);
  });

  test("given a next page that fails, when more are asked for, then what is shown stays and trying again goes on", async () => {
    const app = appAnswers(
      extension,
      json({ orders: [order(1002, grant())], next: "c" }),
      refusal("unavailable", 500),
      json({ orders: [order(1001, grant({ id: "grant-2", title: "Sounds" }))], next: null }),
    );
    await extension.render();
    await until("Field Guide");

    press("Show more");
    await until("More orders could not be loaded");
    expect(said()).toContain("Field Guide");
    press("Try again");

    await until("Sounds");
    expect(app.mock.calls[2]?.[0]).toContain("?after=c");
  });

  test("given no orders, when it is shown, then it says so kindly", async () => {
    appAnswers(extension, json({ orders: [], next: null }));

    await extension.render();

    await until("You have no downloads yet.");
  });

  test("given no network, when it is shown, then it says so, and trying again lists the orders", async () => {
    appAnswers(extension, offline, offline, json({ orders: [order(1002, grant())], next: null }));
    await extension.render();
    await until("We got no answer.");

    press("Try again");

    await until("Field Guide");
  });

  test.each([
    ["sign_in_required", "Sign in to see what you bought."],
    ["invalid_token", "Your session has ended."],
  ])("given %s, when it is shown, then the customer reads what to do", async (code, sentence) => {
    appAnswers(extension, refusal(code, 403));

    await extension.render();

    await until(sentence);
  });

  test("given an answer of another shape, when it is shown, then it says that something went wrong", async () => {
    appAnswers(extension, json({ orders: [{ id: 5 }], next: 7 }));

    await extension.render();

    await until("Something went wrong on our side.");
  });

  test("given a file of an order, when it is downloaded, then only its count falls and the order is named", async () => {
    appAnswers(
      extension,
      json({ orders: [order(1002, grant()), order(1001, grant({ id: "grant-2", title: "Sounds" }))], next: null }),
    );
    await extension.render();
    await until("Sounds");
    const app = appAnswers(
      extension,
      json({ url: "https://storage.example.com/s", expiresInSeconds: 60, downloadsLeft: 2 }),
    );

    press("Download Sounds");

    await until("Your download has started.");
    expect(JSON.parse(String(app.mock.calls[0]?.[1].body))).toEqual({
      grantId: "grant-2",
      order: "gid://shopify/Order/1001",
      browser: expect.stringMatching(/^\w{20,200}$/),
    });
    expect(said().match(/\d downloads left/g)).toEqual(["3 downloads left", "2 downloads left"]);
    expect(extension.navigation.navigate).toHaveBeenCalledExactlyOnceWith("https://storage.example.com/s");
  });

  test("given a grant that was taken back meanwhile, when it is downloaded, then its order is brought up to date", async () => {
    appAnswers(extension, json({ orders: [order(1002, grant())], next: null }));
    await extension.render();
    await until("Field Guide");
    const app = appAnswers(
      extension,
      refusal("revoked"),
      json({ order: { id: "gid://shopify/Order/1002", name: "#1002" }, grants: [grant({ state: "revoked" })] }),
    );

    press("Download Field Guide");

    await waitFor(() => expect(findButton("Download Field Guide")).toBeUndefined());
    expect(app.mock.calls[1]?.[0]).toContain("order=gid%3A%2F%2Fshopify%2FOrder%2F1002");
    expect(said()).toContain("This is no longer part of your order.");
  });
});
