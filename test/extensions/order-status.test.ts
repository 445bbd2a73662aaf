import { fireEvent, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  announced,
  appAnswers,
  button,
  extensionFor,
  findButton,
  grant,
  json,
  keyGrant,
  offline,
  orderWith,
  press,
  refusal,
  said,
  until,
} from "./customer-screen";

const { extension, setUp, tearDown } = extensionFor("customer-account.order-status.block.render");

const fileUrl = "https://storage.example.com/field-guide.pdf?X-Amz-Signature=1";
const started = json({ url: fileUrl, expiresInSeconds: 60, downloadsLeft: 2 });

beforeEach(() => {
  setUp();
  extension.shopify.order.value = { id: "gid://shopify/Order/77", name: "#1077" };
  extension.shopify.checkoutToken.value = "checkout-77";
  extension.shopify.settings.value = {};
  extension.navigation.navigate = vi.fn();
});
afterEach(() => tearDown());

async function shows(...grants: ReturnType<typeof grant>[]) {
  const app = appAnswers(extension, orderWith(...grants));
  await extension.render();
  await until(grants[0]?.title ?? "nothing to download");
  return app;
}

describe("the list of an order", () => {
  test("given an order, when it is shown, then the app is asked with a fresh token and both proofs", async () => {
    let tokens = 0;
    extension.shopify.sessionToken.get = async () => `token-${++tokens}`;

    const app = await shows(grant());
    appAnswers(extension, started);
    press("Download Field Guide");
    await until("Your download has started.");

    const [url, init] = app.mock.calls[0] ?? [];
    expect(url).toBe(
      "https://app.example.com/customer/deliveries?order=gid%3A%2F%2Fshopify%2FOrder%2F77&checkout=checkout-77",
    );
    expect(init).toMatchObject({ method: "GET", headers: { Authorization: "Bearer token-1" } });
    expect(tokens).toBe(2);
  });

  test("given a file, when it is shown, then name, size, downloads left, version and expiry are told", async () => {
    await shows(grant({ version: 3, expiresAt: "2126-03-04T12:00:00Z" }));

    expect(said()).toContain("Your downloads");
    expect(said()).toContain("field-guide.pdf · 1.5 MB · Version 3 · 3 downloads left · Until Mar 4, 2126");
  });

  test("given one download left of one file and none counted of another, when they are shown, then it says so", async () => {
    await shows(grant({ downloadsLeft: 1 }), grant({ id: "grant-2", downloadsLeft: null }));

    expect(said()).toContain("1 download left");
    expect(said()).toContain("Unlimited downloads");
  });

  test("given a key, when it is shown, then a button copies exactly it and says that it did", async () => {
    await shows(keyGrant());

    const copy = button("Copy key SYNTH-0001-ABCD");
    const item = document.getElementById(copy.getAttribute("commandFor") ?? "");
    expect(said()).toContain("SYNTH-0001-ABCD");
    expect(copy.getAttribute("command")).toBe("--copy");
    expect(item?.localName).toBe("s-clipboard-item");
    expect(item?.getAttribute("text")).toBe("SYNTH-0001-ABCD");

    fireEvent(item as Element, new Event("copy"));
    await waitFor(() => expect(announced()).toContain("Copied."));
    fireEvent(item as Element, new Event("copyerror"));
    await waitFor(() => expect(announced()).toContain("Copying did not work."));
  });

  test.each([
    ["waiting", { state: "waiting" }, "This is not ready yet."],
    ["held", { state: "held" }, "Your order is still being checked."],
    ["revoked", { state: "revoked" }, "This is no longer part of your order."],
    ["used up", { downloadsLeft: 0 }, "You have used all downloads of this file."],
    ["expired", { expiresAt: "2020-01-01T00:00:00Z" }, "The time to use this is over."],
  ] as const)(
    "given a file that is %s, when it is shown, then it says why and offers no download",
    async (_, given, sentence) => {
      await shows(grant(given));

      expect(said()).toContain(sentence);
      expect(document.querySelector("s-badge")?.textContent).not.toBe("");
      expect(findButton("Download Field Guide")).toBeUndefined();
    },
  );

  test("given 25 keys and 5 that wait, when they are shown, then those that wait are told of once, and how many they are", async () => {
    const there = Array.from({ length: 25 }, (_, index) => keyGrant({ id: `key-${index}`, key: `SYNTH-${index}` }));
    const coming = Array.from({ length: 5 }, (_, index) =>
      keyGrant({ id: `wait-${index}`, state: "waiting", key: null }),
    );
    await shows(...there, ...coming);

    expect(said()).toContain("25 keys and 5 to come");
    expect(said().split("5 keys are on their way.")).toHaveLength(2);
    expect(document.querySelectorAll("s-clipboard-item")).toHaveLength(25);
    expect(document.querySelectorAll("s-badge")).toHaveLength(1);
  });

  test.each([
    ["waiting", { state: "waiting", key: null }, "Your key is on its way."],
    ["held", { state: "held", key: null }, "Your order is still being checked."],
    ["revoked", { state: "revoked", key: null }, "This is no longer part of your order."],
    ["expired", { expiresAt: "2020-01-01T00:00:00Z", key: null }, "The time to use this is over."],
    ["active without its text", { key: null }, "Your key is on its way."],
  ] as const)(
    "given a key that is %s, when it is shown, then it says why and there is nothing to copy",
    async (_, given, sentence) => {
      await shows(keyGrant(given));

      expect(said()).toContain(sentence);
      expect(document.querySelector("s-clipboard-item")).toBeNull();
    },
  );

  test("given a key of an order under review, when the app sends its text all the same, then it is not shown", async () => {
    await shows(keyGrant({ state: "held" }));

    expect(document.body.innerHTML).not.toContain("SYNTH-0001-ABCD");
  });

  test("given the merchant's own heading, when the order is shown, then it stands above", async () => {
    extension.shopify.settings.value = { heading: "Your sounds" };

    await shows(grant());

    expect(document.querySelector("s-section")?.getAttribute("heading")).toBe("Your sounds");
  });

  test("given an order that gives nothing, when it is shown, then it says so and looks again when asked", async () => {
    const app = appAnswers(extension, orderWith(), orderWith(grant()));
    await extension.render();
    await until("There is nothing to download in this order.");

    press("Check again");
    await until("Field Guide");
    expect(app).toHaveBeenCalledTimes(2);
  });

  test("given an order the app never heard of, when its customer looks, then nothing looks broken", async () => {
    appAnswers(extension, refusal("order_not_found", 404));
    await extension.render();

    await until("There is nothing to download in this order.");
    expect(document.querySelector("s-banner")).toBeNull();
  });

  test("given an order that Shopify has not finished, when it is shown, then downloads are being prepared", async () => {
    extension.shopify.order.value = undefined;
    const app = appAnswers(extension);

    await extension.render();

    expect(announced()).toContain("Your downloads are being prepared.");
    expect(app).not.toHaveBeenCalled();
  });
});

describe("an app that does not answer as it should", () => {
  test("given no answer yet, when the order is shown, then it says that it is loading", async () => {
    appAnswers(extension, () => new Promise<Response>(() => {}));

    await extension.render();

    expect(document.querySelector("s-spinner")?.getAttribute("accessibilityLabel")).toBe("Loading your downloads");
  });

  test("given one network failure, when the order is shown, then it is asked once more and listed", async () => {
    const app = appAnswers(extension, offline, orderWith(grant()));

    await extension.render();

    await until("Field Guide");
    expect(app).toHaveBeenCalledTimes(2);
  });

  test("given no network, when the order is shown, then it says so, and trying again lists it", async () => {
    const app = appAnswers(extension, offline, offline, orderWith(grant()));

    await extension.render();

    await until("We got no answer.");
    expect(document.querySelector("s-banner")?.getAttribute("heading")).toBe("Your downloads could not be loaded");
    press("Try again");
    await until("Field Guide");
    expect(app).toHaveBeenCalledTimes(3);
  });

  test.each([
    ["a page of HTML", () => new Response("<html>", { status: 200 })],
    ["nothing at all", () => new Response(null, { status: 200 })],
    ["a list of another shape", json({ order: { id: "1", name: "#1" }, grants: "none" })],
    [
      "a grant without an id",
      json({ order: { id: "1", name: "#1" }, grants: [{ title: "X", kind: "file", state: "active" }] }),
    ],
    [
      "a grant in a state nobody knows",
      json({ order: { id: "1", name: "#1" }, grants: [{ ...grant(), state: "odd" }] }),
    ],
    ["a gateway's error page", () => new Response("Bad gateway", { status: 502 })],
    ["an error without a code", json({ error: "no" }, 500)],
  ])("given %s for an answer, when the order is shown, then it says that something went wrong", async (_, reply) => {
    appAnswers(extension, reply);

    await extension.render();

    await until("Something went wrong on our side.");
    expect(findButton("Try again")).toBeDefined();
  });

  test.each([
    ["invalid_token", "Your session has ended."],
    ["missing_token", "Your session has ended."],
    ["wrong_audience", "Downloads are not set up correctly."],
    ["unknown_shop", "Downloads are not set up correctly."],
    ["order_not_yours", "We could not find this order among yours."],
    ["rate_limited", "That was a little fast."],
    ["unavailable", "Something went wrong on our side."],
  ])("given %s, when the order is shown, then the customer reads a sentence of ours", async (code, sentence) => {
    appAnswers(extension, refusal(code, 403));

    await extension.render();

    await until(sentence);
  });

  test("given a refusal of a later day, when the order is shown, then the app's own sentence is", async () => {
    appAnswers(extension, refusal("on_holiday", 503, "We are on holiday until Monday."));

    await extension.render();

    await until("We are on holiday until Monday.");
  });

  test("given a code that every object has, when the order is shown, then the app's own sentence is", async () => {
    appAnswers(extension, refusal("constructor", 409, "No."));

    await extension.render();

    await until("No.");
  });
});

describe("someone who is not signed in", () => {
  beforeEach(() => {
    extension.shopify.authenticationState.value = "pre_authenticated";
  });

  test("given the checkout's token, when the app takes it as proof, then nobody is asked to sign in", async () => {
    await shows(grant());

    expect(findButton("Sign in")).toBeUndefined();
  });

  test("given no proof the app takes, when they look, then signing in is offered", async () => {
    const requireLogin = vi.fn(async () => {});
    extension.shopify.requireLogin = requireLogin;
    appAnswers(extension, refusal("order_not_found", 404));
    await extension.render();
    await until("Sign in to see your downloads");

    press("Sign in");

    expect(requireLogin).toHaveBeenCalledOnce();
  });
});

describe("a download", () => {
  test("given a file, when its button is pressed once, then the browser is sent to the signed URL and the count falls", async () => {
    await shows(grant());
    const app = appAnswers(extension, started);

    press("Download Field Guide");

    await until("Your download has started.");
    expect(app).toHaveBeenCalledOnce();
    const [url, init] = app.mock.calls[0] ?? [];
    expect(url).toBe("https://app.example.com/customer/downloads");
    expect(init?.method).toBe("POST");
    expect(JSON.parse(String(init?.body))).toEqual({
      grantId: "grant-1",
      order: "gid://shopify/Order/77",
      checkout: "checkout-77",
      browser: expect.stringMatching(/^\w{20,200}$/),
    });
    expect(extension.navigation.navigate).toHaveBeenCalledExactlyOnceWith(fileUrl);
    expect(said()).toContain("2 downloads left");
    expect(announced()).toContain("Your download has started.");
  });

  test("given the last download, when it is started, then the file is used up and still says that it started", async () => {
    await shows(grant({ downloadsLeft: 1 }));
    appAnswers(extension, json({ url: fileUrl, expiresInSeconds: 60, downloadsLeft: 0 }));

    press("Download Field Guide");

    await until("You have used all downloads of this file.");
    expect(said()).toContain("Your download has started.");
    expect(findButton("Download Field Guide")).toBeUndefined();
  });

  test("given a link, when its button is pressed, then the browser is sent there", async () => {
    await shows(grant({ kind: "link", title: "Video course", fileName: null, sizeBytes: null, downloadsLeft: null }));
    appAnswers(extension, json({ url: "https://videos.example.com/", expiresInSeconds: 60 }));

    press("Open Video course");

    await waitFor(() => expect(extension.navigation.navigate).toHaveBeenCalledWith("https://videos.example.com/"));
    expect(said()).not.toContain("Unlimited downloads");
    expect(announced()).toContain("Opening the link.");
  });

  test("given a link that may be opened three times, when it is opened too often, then it speaks of opening", async () => {
    const link = { kind: "link", title: "Video course", fileName: null, sizeBytes: null } as const;
    await shows(grant({ ...link, downloadsLeft: 3 }));
    expect(said()).toContain("Can be opened 3 more times");
    appAnswers(extension, refusal("limit_reached"), orderWith(grant({ ...link, downloadsLeft: 0 })));

    press("Open Video course");

    await until("You have opened this as often as it was meant for.");
    await waitFor(() => expect(findButton("Open Video course")).toBeUndefined());
    expect(said()).not.toMatch(/all downloads|downloads left/);
  });

  test("given a slow app, when the button is pressed twice, then it loads and only one download is asked for", async () => {
    await shows(grant());
    let answer = (_response: Response) => {};
    const app = appAnswers(extension, () => new Promise<Response>((done) => (answer = done)));

    press("Download Field Guide");
    press("Download Field Guide");

    await waitFor(() => expect(button("Download Field Guide").hasAttribute("loading")).toBe(true));
    await waitFor(() => expect(app).toHaveBeenCalledOnce());
    answer(started());
    await until("Your download has started.");
    expect(button("Download Field Guide").hasAttribute("loading")).toBe(false);
  });

  test.each([
    ["not_found", "This download no longer exists."],
    ["waiting", "This is not ready yet."],
    ["held", "Your order is still being checked."],
    ["revoked", "This is no longer part of your order."],
    ["expired", "The time to use this is over."],
    ["limit_reached", "You have used all downloads of this file."],
    ["file_not_ready", "The shop is still uploading this file."],
    ["storage_unavailable", "No download was counted"],
    ["rate_limited", "That was a little fast."],
    ["invalid_token", "Your session has ended."],
    ["something_new", "the app's words for something_new"],
  ])(
    "given %s, when a download is asked for, then the sentence stands by the file and nothing is counted",
    async (code, sentence) => {
      await shows(grant());
      appAnswers(extension, refusal(code), orderWith(grant()));

      press("Download Field Guide");

      await waitFor(() => expect(announced()).toContain(sentence));
      expect(extension.navigation.navigate).not.toHaveBeenCalled();
      expect(said()).toContain("3 downloads left");
    },
  );

  test("given a list that is out of date, when a download is refused, then the list is brought up to date", async () => {
    await shows(grant());
    appAnswers(extension, refusal("limit_reached"), orderWith(grant({ downloadsLeft: 0 })));

    press("Download Field Guide");

    await waitFor(() => expect(findButton("Download Field Guide")).toBeUndefined());
    expect(document.querySelector("s-badge")?.textContent).toBe("Used up");
  });

  test("given no network, when a download is asked for, then it is not asked for again by itself", async () => {
    await shows(grant());
    const app = appAnswers(extension, offline);

    press("Download Field Guide");

    await until("We got no answer.");
    expect(app).toHaveBeenCalledOnce();
    expect(findButton("Download Field Guide")).toBeDefined();
  });

  test.each([
    ["no URL", { expiresInSeconds: 60 }],
    ["a URL that runs code", { url: "javascript:alert(1)", expiresInSeconds: 60 }],
  ])("given %s for an answer, when a download is asked for, then the browser is sent nowhere", async (_, body) => {
    await shows(grant());
    appAnswers(extension, json(body));

    press("Download Field Guide");

    await until("Something went wrong on our side.");
    expect(extension.navigation.navigate).not.toHaveBeenCalled();
  });
});
