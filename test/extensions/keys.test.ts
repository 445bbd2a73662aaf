import { fireEvent, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  announced,
  appAnswers,
  button,
  extensionFor,
  findButton,
  json,
  keyGrant,
  orderWith,
  press,
  refusal,
  said,
  until,
} from "./customer-screen";
import type { Grant, Machine } from "../../extensions/shared/grant";

const { extension, setUp, tearDown } = extensionFor("customer-account.order-status.block.render");

beforeEach(() => {
  setUp();
  extension.shopify.order.value = { id: "gid://shopify/Order/77", name: "#1077" };
  extension.shopify.checkoutToken.value = "checkout-77";
  extension.shopify.settings.value = {};
  extension.navigation.navigate = vi.fn();
});
afterEach(() => tearDown());

const proof = { order: "gid://shopify/Order/77", checkout: "checkout-77" };

async function shows(...grants: Grant[]) {
  appAnswers(extension, orderWith(...grants));
  await extension.render();
  await until(grants[0]?.title ?? "");
}

const machine = (given: Partial<Machine> = {}): Machine => ({
  id: "machine-1",
  name: "Laptop",
  fingerprintEnd: "a1b2c3",
  createdAt: "2026-01-20T10:00:00.000Z",
  seenAt: "2026-02-01T10:00:00.000Z",
  isPaused: false,
  ...given,
});

const used = (...activations: Machine[]) =>
  keyGrant({ activations, activationLimit: 3, freesLeft: 2, nextFreeAt: null });

const bodyOf = (app: ReturnType<typeof appAnswers>, call = 0): unknown =>
  JSON.parse(String(app.mock.calls[call]?.[1].body));

describe("a hidden key", () => {
  test("given one, when it is shown, then a button stands for it and nothing can be copied", async () => {
    await shows(keyGrant({ key: null, isHidden: true }));

    expect(said()).toContain("Your key stays hidden until you reveal it.");
    expect(findButton("Reveal key of Synth Pro")).toBeDefined();
    expect(document.querySelector("s-clipboard-item")).toBeNull();
    expect(document.querySelector("s-badge")).toBeNull();
  });

  test("given one, when Reveal is pressed twice, then it is asked for once and stands there to be copied", async () => {
    await shows(keyGrant({ key: null, isHidden: true }));
    const app = appAnswers(extension, json({ key: "SYNTH-0007-WXYZ" }));

    press("Reveal key of Synth Pro");
    press("Reveal key of Synth Pro");

    await until("SYNTH-0007-WXYZ");
    expect(app).toHaveBeenCalledOnce();
    expect(app.mock.calls[0]?.[0]).toBe("https://app.example.com/customer/keys");
    expect(bodyOf(app)).toEqual({ grantId: "grant-1", ...proof });
    expect(announced()).toContain("This is your key.");
    expect(button("Copy key SYNTH-0007-WXYZ").getAttribute("command")).toBe("--copy");
  });

  test("given one that was revoked meanwhile, when it is revealed, then it says so and is brought up to date", async () => {
    await shows(keyGrant({ key: null, isHidden: true }));
    appAnswers(extension, refusal("revoked"), orderWith(keyGrant({ key: null, state: "revoked" })));

    press("Reveal key of Synth Pro");

    await until("This is no longer part of your order.");
    await waitFor(() => expect(document.querySelector("s-badge")?.textContent).toBe("Withdrawn"));
  });
});

describe("machines", () => {
  test("given two of three, when the key is shown, then how many, their names, since when and last seen", async () => {
    await shows(used(machine(), machine({ id: "machine-2", name: null, isPaused: true })));

    expect(document.querySelector("s-summary")?.textContent).toBe("2 of 3 machines in use");
    expect(said()).toContain("Since Jan 20, 2026 · Last seen Feb 1, 2026");
    expect(said()).toContain("Machine …a1b2c3");
    expect(said()).toContain("Paused by the shop");
    expect(findButton("Free this place: Machine …a1b2c3")).toBeUndefined();
  });

  test("given none and no limit, when the key is shown, then machines are not spoken of", async () => {
    await shows(keyGrant({ activations: [] }));

    expect(document.querySelector("s-details")).toBeNull();
  });

  test("given a machine, when its place is freed, then it asks first, frees once and the list follows", async () => {
    await shows(used(machine()));
    press("Free this place: Laptop");
    await until("The program stops working on this machine");
    expect(said()).toContain("You can do this 2 more times within 30 days.");
    const app = appAnswers(extension, json({ freesLeft: 1, nextFreeAt: null }));

    press("Free it");
    press("Free it");

    await waitFor(() => expect(announced()).toContain("The place is free."));
    expect(app).toHaveBeenCalledOnce();
    expect(app.mock.calls[0]?.[0]).toBe("https://app.example.com/customer/activations/free");
    expect(bodyOf(app)).toEqual({ activationId: "machine-1", ...proof });
    expect(document.querySelector("s-summary")?.textContent).toBe("0 of 3 machines in use");
  });

  test("given a machine, when freeing is thought better of, then nothing was asked", async () => {
    await shows(used(machine()));
    const app = appAnswers(extension, json({}));

    press("Free this place: Laptop");
    await until("Cancel");
    press("Cancel");

    await waitFor(() => expect(findButton("Free this place: Laptop")).toBeDefined());
    expect(app).not.toHaveBeenCalled();
  });

  test.each([
    ["the month's are used", "2126-03-04T12:00:00.000Z", "The next is possible on Mar 4, 2126."],
    ["the shop allows none", null, "Only the shop can free a place."],
  ])(
    "given that %s, when a place is to be freed, then it says so and offers no button",
    async (_, nextFreeAt, words) => {
      await shows({ ...used(machine()), freesLeft: 0, nextFreeAt });

      press("Free this place: Laptop");

      await until(words);
      expect(findButton("Free it")).toBeUndefined();
    },
  );

  test("given that another tab used the last free, when one is asked for, then it says so and the list is read again", async () => {
    await shows(used(machine()));
    press("Free this place: Laptop");
    await until("Free it");
    const app = appAnswers(
      extension,
      refusal("frees_used", 409, "You have freed as many places as the shop allows for now."),
      orderWith({ ...used(machine()), freesLeft: 0, nextFreeAt: "2126-03-04T12:00:00.000Z" }),
    );

    press("Free it");

    await waitFor(() => expect(announced()).toContain("as many places as the shop allows"));
    await waitFor(() => expect(app).toHaveBeenCalledTimes(2));
  });

  test("given a machine, when it is named, then the name is sent trimmed and shown", async () => {
    await shows(used(machine()));
    press("Rename Laptop");
    await until("Save name");
    const field = document.querySelector("s-text-field") as HTMLInputElement;
    field.value = " Studio ";
    fireEvent.input(field);
    const app = appAnswers(extension, json({ name: "Studio" }));

    press("Save name");

    await until("Studio");
    expect(bodyOf(app)).toEqual({ activationId: "machine-1", name: "Studio", ...proof });
    expect(announced()).toContain("The name is saved.");
  });

  test("given an empty name, when it is saved, then the field says what is wrong and nothing is sent", async () => {
    await shows(used(machine({ name: null })));
    press("Rename Machine …a1b2c3");
    await until("Save name");
    const app = appAnswers(extension, json({}));

    press("Save name");

    await waitFor(() => {
      expect(document.querySelector("s-text-field")?.getAttribute("error")).toContain("1 to 60 characters");
    });
    expect(app).not.toHaveBeenCalled();
  });
});
