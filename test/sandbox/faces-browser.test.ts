import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { buildSync } from "esbuild";
import type { Browser, FrameLocator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchChromium } from "../browser/chromium";
import { bridgedApp } from "./faces-app";
import { openPage } from "./faces-browser";
import { openFaces, variantOf } from "./faces-world";

const target = "customer-account.order-status.block.render";
const extension = `
  import "@shopify/ui-extensions/preact";
  import { render } from "preact";
  import { useState } from "preact/hooks";

  function Block() {
    const [presses, setPresses] = useState(0);
    const [token, setToken] = useState("");
    const t = shopify.i18n.translate;
    return (
      <s-section heading={t("heading", { name: shopify.order.value.name })}>
        <s-stack gap="base">
          <s-text>{t("presses", { count: presses })}</s-text>
          <s-button onClick={() => setPresses(presses + 1)}>Press</s-button>
          <s-button onClick={async () => setToken(await shopify.sessionToken.get())}>Token</s-button>
          <s-text>{token && token.split(".").length + " parts"}</s-text>
          <s-button onClick={() => navigation.navigate(shopify.shop.storefrontUrl)}>Leave</s-button>
          <s-text-field label="Name" onInput={(event) => setToken("typed." + event.currentTarget.value)} />
          <s-button command="--copy" commandFor="key">Copy</s-button>
          <s-clipboard-item id="key" text="KEY-1" onCopy={() => setToken("a.copied")} />
          {presses > 2 && <s-teapot />}
        </s-stack>
      </s-section>
    );
  }
  shopify.extend("${target}", () => render(<Block />, document.body));`;

const texts = {
  en: { heading: "Files of {{name}}", presses: { one: "{{count}} press", other: "{{count}} presses" } },
  pl: {
    heading: "Pliki {{name}}",
    presses: { one: "{{count}} raz", few: "{{count}} razy", many: "{{count}} razy", other: "{{count}} razu" },
  },
};

let browser: Browser;
let world: Awaited<ReturnType<typeof openFaces>>;
beforeAll(async () => {
  [browser, world] = await Promise.all([
    launchChromium(),
    openFaces({
      app: bridgedApp(),
      extensionBundles: { block: { js: bundle(extension), targets: [{ target }], locales: texts } },
    }),
  ]);
});
afterAll(async () => {
  await browser.close();
  await world.close();
});

describe("the app in the admin", () => {
  test("given the app's links, when the admin shows them, then each leads there and a reload stays", async () => {
    const { page, app } = await openApp("/app/assets?sort=name");
    await page.getByRole("link", { name: "License keys" }).click();
    await app.getByRole("heading", { name: "/app/pools" }).waitFor();

    expect(new URL(page.url()).pathname).toBe("/admin/apps/featherpost/app/pools");
    expect(await page.getByRole("link", { name: "License keys" }).getAttribute("aria-current")).toBe("page");
    await page.reload();
    await app.getByRole("heading", { name: "/app/pools" }).waitFor();
  });

  test("given a deep link, when it is opened, then the address keeps its query and shows none of Shopify's", async () => {
    const { page } = await openApp("/app/assets?sort=name");

    expect(page.url()).toBe(`${world.homeUrl}/admin/apps/featherpost/app/assets?sort=name`);
  });

  test("given a token the app refuses, when the app calls itself, then the call is sent again with a new one", async () => {
    const { app } = await openApp();

    await app.getByRole("button", { name: "Load" }).click();

    await app.getByText(/call \d with 3 parts/).waitFor();
  });

  test("given unsaved changes, when the merchant saves in the top bar, then the app's own button is pressed", async () => {
    const { page, app } = await openApp();
    await app.getByRole("button", { name: "Change" }).click();

    await page.getByRole("region", { name: "Unsaved changes" }).getByRole("button", { name: "Save" }).click();

    await app.getByText("saved", { exact: true }).waitFor();
  });

  test("given unsaved changes, when the merchant follows a link and stays, then nothing is lost", async () => {
    const { page, app } = await openApp();
    await app.getByRole("button", { name: "Change" }).click();
    await page.getByRole("region", { name: "Unsaved changes" }).waitFor();

    await page.getByRole("link", { name: "License keys" }).click();
    await page.getByRole("button", { name: "Stay" }).click();

    await app.getByRole("heading", { name: "/app/assets" }).waitFor();
    expect(await page.getByRole("region", { name: "Unsaved changes" }).isVisible()).toBe(true);
  });

  test("given a form that saves itself, when it is typed in and discarded, then it is as before", async () => {
    const { page, app } = await openApp();
    const bar = page.getByRole("region", { name: "Unsaved changes" });
    await app.getByLabel("Name").fill("new");

    await bar.getByRole("button", { name: "Discard" }).click();

    await bar.waitFor({ state: "hidden" });
    expect(await app.getByLabel("Name").inputValue()).toBe("old");
  });

  test("given a form that saves itself, when it is saved in the top bar, then it is sent and the bar goes", async () => {
    const { page, app } = await openApp();
    await app.getByLabel("Name").fill("new");

    await page.getByRole("region", { name: "Unsaved changes" }).getByRole("button", { name: "Save" }).click();

    await app.getByText("sent new").waitFor();
    await page.getByRole("region", { name: "Unsaved changes" }).waitFor({ state: "hidden" });
  });

  test("given the picker, when products are chosen, then the app gets them with the chosen variants", async () => {
    const { page, app } = await openApp();
    await app.getByRole("button", { name: "Pick products" }).click();
    const picker = page.getByRole("dialog", { name: "Add products" });

    await picker.getByLabel("WAV").check();
    await picker.getByRole("searchbox").fill("synth");
    await picker.getByLabel("Synth Pro").check();
    await picker.getByRole("button", { name: "Add", exact: true }).click();

    await app.getByText('[["Sound Library",["WAV"]],["Synth Pro",["Default Title"]]]').waitFor();
  });

  test("given a picker for one variant, when a second is chosen, then it takes the first one's place", async () => {
    const { page, app } = await openApp();
    await app.getByRole("button", { name: "Pick a variant" }).click();
    const picker = page.getByRole("dialog", { name: "Add variants" });

    await picker.getByLabel("MP3").check();
    await picker.getByLabel("WAV").check();
    await picker.getByRole("button", { name: "Add", exact: true }).click();

    await app.getByText('[["WAV",[]]]').waitFor();
  });

  test("given the picker, when the merchant cancels, then the app gets nothing", async () => {
    const { page, app } = await openApp();
    await app.getByRole("button", { name: "Pick products" }).click();

    await page.getByRole("button", { name: "Cancel" }).click();

    await expect.poll(() => app.locator("#said").textContent()).toBe("");
  });

  test("given a toast, a title bar and a modal, when the app uses them, then the admin shows them", async () => {
    const { page, app } = await openApp();

    await app.getByRole("button", { name: "Toast" }).click();
    await page.getByRole("status").getByText("All good").waitFor();
    await page.getByRole("button", { name: "Upload" }).click();
    await app.getByText("uploading").waitFor();
    await app.getByRole("button", { name: "Ask" }).click();
    await app.getByRole("dialog", { name: "Delete" }).getByRole("button", { name: "Delete it" }).click();

    await app.getByText("deleted").waitFor();
  });

  test("given the page that asks for a token, when it loads in the frame, then it comes back with one", async () => {
    const page = await openPage(browser);
    await page.goto(`${world.homeUrl}/admin/orders`);
    const back = encodeURIComponent(`${world.appUrl}/app/assets?shop=x`);
    await page.evaluate((src) => {
      const frame = document.createElement("iframe");
      frame.id = "app-frame";
      frame.src = src;
      document.body.append(frame);
    }, `${world.appUrl}/auth/session-token?shopify-reload=${back}`);
    const asked = page.waitForEvent("framenavigated", (frame) => frame.url().includes("id_token="));
    await page.evaluate(() => {
      addEventListener("message", (event: MessageEvent<{ questionId: number; ask?: string }>) => {
        if (event.data.ask !== "idToken") return;
        (event.source as Window).postMessage({ bridge: 1, questionId: event.data.questionId, answer: "a.b.c" }, "*");
      });
    });

    expect(new URL((await asked).url()).searchParams.get("id_token")).toBe("a.b.c");
  });

  test("given a phone, when the merchant opens the menu, then it can be reached and left by keyboard", async () => {
    const page = await openPage(browser, { viewport: { width: 390, height: 844 } });
    await page.goto(`${world.homeUrl}/admin/orders`);
    const products = page.getByRole("link", { name: "Products" });

    expect(await products.isVisible()).toBe(false);
    await page.getByRole("button", { name: "Menu" }).click();
    await products.waitFor();
    await page.keyboard.press("Escape");

    await products.waitFor({ state: "hidden" });
  });
});

describe("an extension in its worker", () => {
  test("given a built bundle, when its place is shown, then it draws, answers presses and counts in its language", async () => {
    const page = await openOrder("pl");
    await page.getByRole("heading", { name: "Pliki #" }).waitFor();

    await page.getByRole("button", { name: "Press" }).click();
    await page.getByText("1 raz", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Press" }).click();

    await page.getByText("2 razy", { exact: true }).waitFor();
    expect(page.complaints).toEqual([]);
  });

  test("given a language the extension lacks, when it draws, then it speaks its default one", async () => {
    const page = await openOrder("fr");

    await page.getByRole("heading", { name: "Files of #" }).waitFor();
  });

  test("given an extension, when it asks for a token, reads a field and copies, then the page does it", async () => {
    const page = await openOrder("en");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);

    await page.getByRole("button", { name: "Token" }).click();
    await page.getByText("3 parts").waitFor();
    await page.getByLabel("Name").fill("a.b.c");
    await page.getByText("4 parts").waitFor();
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByText("2 parts").waitFor();

    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("KEY-1");
  });

  test("given an extension that navigates, when it is pressed, then the page goes there", async () => {
    const page = await openOrder("en");

    await page.getByRole("button", { name: "Leave" }).click();

    await page.waitForURL(`${world.homeUrl}/storefront`);
  });

  test("given an element that Shopify does not have, when an extension draws it, then it fails loudly", async () => {
    const page = await openOrder("en");
    for (let presses = 0; presses < 3; presses++) await page.getByRole("button", { name: "Press" }).click();

    await page.getByRole("alert").getByText("s-teapot").waitFor();
    expect(page.complaints.join()).toContain("s-teapot");
  });

  test("given the order's page with its extension, when axe looks, then it finds no fault", async () => {
    const page = await openOrder("en");
    await page.getByRole("heading", { name: "Files of #" }).waitFor();
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));

    const faults = await page.evaluate(async () => {
      const axe = Reflect.get(window, "axe") as { run(): Promise<{ violations: { id: string; impact: string }[] }> };
      return (await axe.run()).violations.map(({ id, impact }) => `${impact} ${id}`);
    });

    expect(faults).toEqual([]);
  });
});

async function openApp(path = "/app/assets") {
  const page = await openPage(browser);
  await page.goto(`${world.homeUrl}/admin/apps/featherpost${path}`);
  const app: FrameLocator = page.frameLocator("#app-frame");
  await app.getByRole("heading", { name: path.split("?")[0] }).waitFor();
  await page.getByRole("link", { name: "License keys" }).waitFor();
  return { page, app };
}

async function openOrder(locale: string) {
  const lines = [{ variantId: variantOf(world.store, "Field Guide"), quantity: 1 }];
  const { order } = world.store.placeOrder({ email: "ada@example.com", locale, financialStatus: "paid", lines });
  const page = await openPage(browser);
  await page.goto(`${world.homeUrl}/account/orders/${order.id.split("/").at(-1)}?token=${order.checkoutToken}`);
  return page;
}

/** As the extensions are built: one classic script, its library inside. */
function bundle(source: string): string {
  const { outputFiles } = buildSync({
    stdin: { contents: source, resolveDir: process.cwd(), loader: "tsx" },
    bundle: true,
    write: false,
    jsx: "automatic",
    jsxImportSource: "preact",
    format: "iife",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  return outputFiles[0]?.text ?? "";
}
