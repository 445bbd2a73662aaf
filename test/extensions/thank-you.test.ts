import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  announced,
  appAnswers,
  button,
  extensionFor,
  findButton,
  grant,
  json,
  offline,
  orderWith,
  press,
  refusal,
  said,
} from "./customer-screen";

const { extension, setUp, tearDown } = extensionFor("purchase.thank-you.block.render");

const fileUrl = "https://storage.example.com/field-guide.pdf?X-Amz-Signature=1";
const started = json({ url: fileUrl, expiresInSeconds: 60, downloadsLeft: 2 });
const notYet = refusal("order_not_found", 404);

beforeEach(() => {
  vi.useFakeTimers();
  setUp();
  extension.shopify.orderConfirmation.value = { order: { id: "gid://shopify/OrderIdentity/77" }, isFirstOrder: true };
  extension.shopify.checkoutToken.value = "checkout-77";
  extension.shopify.settings.value = {};
});
afterEach(() => {
  vi.unstubAllGlobals();
  tearDown();
  vi.runOnlyPendingTimers(); // Preact waits for a frame: left waiting, it would not ask for another
  vi.useRealTimers();
});

async function renderFor(seconds: number) {
  await extension.render();
  await vi.advanceTimersByTimeAsync(seconds * 1000);
}

describe("an order placed a moment ago", () => {
  test("given its identity, when it is shown, then the app is asked for the order of that number", async () => {
    const app = appAnswers(extension, orderWith(grant()));

    await renderFor(0.1);

    expect(app.mock.calls[0]?.[0]).toBe(
      "https://app.example.com/customer/deliveries?order=gid%3A%2F%2Fshopify%2FOrder%2F77&checkout=checkout-77",
    );
    expect(said()).toContain("Field Guide");
  });

  test("given a webhook on its way, when ten seconds pass, then it says that downloads are being prepared, then lists them", async () => {
    const app = appAnswers(extension, notYet, notYet, notYet, orderWith(grant()));

    await renderFor(9.5);
    expect(announced()).toContain("Your downloads are being prepared.");
    expect(app).toHaveBeenCalledTimes(3);
    await vi.advanceTimersByTimeAsync(1000);

    expect(said()).toContain("Field Guide");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(app).toHaveBeenCalledTimes(4);
  });

  test("given an app that never hears of it, when a minute is over, then it says so and looks again when asked", async () => {
    const app = appAnswers(extension, notYet);

    await renderFor(65);
    expect(announced()).toContain("This is taking longer than usual.");
    expect(app).toHaveBeenCalledTimes(8);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(app).toHaveBeenCalledTimes(8);

    appAnswers(extension, orderWith(grant()));
    press("Check again");
    await vi.advanceTimersByTimeAsync(100);
    expect(said()).toContain("Field Guide");
  });

  test("given an order that gives nothing, when twenty seconds pass, then it says so", async () => {
    const app = appAnswers(extension, orderWith());

    await renderFor(20);

    expect(said()).toContain("There is nothing to download in this order.");
    expect(app).toHaveBeenCalledTimes(5);
  });

  test("given too many calls, when the app says so, then asking goes on at the same pace", async () => {
    appAnswers(extension, refusal("rate_limited", 429), orderWith(grant()));

    await renderFor(2.5);

    expect(said()).toContain("Field Guide");
  });

  test("given no network, when it is shown, then it says so at once", async () => {
    appAnswers(extension, offline);

    await renderFor(0.1);

    expect(said()).toContain("We got no answer.");
    expect(findButton("Try again")).toBeDefined();
  });

  test("given an app that hangs, when 15 seconds pass twice, then it says that no answer came", async () => {
    const app = appAnswers(extension, () => new Promise<Response>(() => {}));

    await renderFor(31);

    expect(said()).toContain("We got no answer.");
    expect(app).toHaveBeenCalledTimes(2);
    expect(app.mock.calls[0]?.[1].signal?.aborted).toBe(true);
  });
});

describe("a host that lets no extension navigate", () => {
  test("given a file, when its button is pressed, then the button becomes a link to it for as long as that lives", async () => {
    vi.stubGlobal("navigation", undefined);
    appAnswers(extension, orderWith(grant()));
    await renderFor(0.1);
    appAnswers(extension, started);

    press("Download Field Guide");
    await vi.advanceTimersByTimeAsync(100);

    const link = button("Save file Field Guide");
    expect(link.getAttribute("href")).toBe(fileUrl);
    expect(link.getAttribute("target")).toBe("_blank");
    expect(announced()).toContain("Your download is ready.");
    expect(said()).toContain("2 downloads left");

    await vi.advanceTimersByTimeAsync(60_000);
    expect(findButton("Save file Field Guide")).toBeUndefined();
    expect(findButton("Download Field Guide")).toBeDefined();
  });
});
