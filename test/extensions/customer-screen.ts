import { getExtension, type AnyExtensionTarget } from "@shopify/ui-extensions-tester";
import { fireEvent, waitFor } from "@testing-library/preact";
import { resolve } from "node:path";
import { vi } from "vitest";
import type { Grant } from "../../extensions/shared/grant";
import { translator } from "./translator";

const folders = {
  "customer-account.order-status.block.render": "downloads-order",
  "purchase.thank-you.block.render": "downloads-order",
  "customer-account.page.render": "downloads-page",
} as const satisfies Partial<Record<AnyExtensionTarget, string>>;

/** Shopify's own element has these properties; Preact names an event after them. */
class ClipboardItem extends HTMLElement {
  override oncopy = null;
  oncopyerror = null;
}

/**
 * An extension as the customer sees it, in real English, with its calls to the app in the test's hands.
 *
 * The caller must `setUp` before and `tearDown` after every test.
 */
export function extensionFor<Target extends keyof typeof folders>(target: Target) {
  const dir = resolve(import.meta.dirname, "../../extensions", folders[target]);
  const extension = getExtension(target, { configSearchDir: dir });
  return {
    extension,
    setUp() {
      if (!customElements.get("s-clipboard-item")) customElements.define("s-clipboard-item", ClipboardItem);
      extension.setUp();
      const { i18n } = extension.shopify as unknown as { i18n: Record<string, unknown> };
      Object.assign(i18n, translator("en"));
    },
    tearDown: () => extension.tearDown(),
  };
}

type Reply = Response | Error | Promise<Response>;

/** Plays the app: answers in the order given, the last one again and again. Returns the spy. */
export function appAnswers(extension: { fetch: typeof fetch }, ...replies: (() => Reply)[]) {
  let calls = 0;
  const spy = vi.fn(async (_url: string, _init: RequestInit) => {
    const reply = replies[Math.min(calls++, replies.length - 1)]?.();
    if (!reply) throw new Error("The app was asked and had nothing to say");
    const settled = await reply;
    if (settled instanceof Error) throw settled;
    return settled;
  });
  extension.fetch = spy as unknown as typeof fetch;
  return spy;
}

export const json =
  (body: unknown, status = 200) =>
  () =>
    Response.json(body, { status });

export const refusal = (code: string, status = 409, message = `the app's words for ${code}`) =>
  json({ error: { code, message } }, status);

export const offline = () => new TypeError("Failed to fetch");

export const orderWith = (...grants: Grant[]) =>
  json({ order: { id: "gid://shopify/Order/77", name: "#1077" }, grants });

export const grant = (given: Partial<Grant> = {}): Grant => ({
  id: "grant-1",
  kind: "file",
  title: "Field Guide",
  fileName: "field-guide.pdf",
  sizeBytes: 1_536_000,
  version: 1,
  downloadsLeft: 3,
  expiresAt: null,
  state: "active",
  key: null,
  isHidden: false,
  activationLimit: null,
  activations: null,
  freesLeft: null,
  nextFreeAt: null,
  ...given,
});

export const keyGrant = (given: Partial<Grant> = {}) =>
  grant({
    kind: "key",
    title: "Synth Pro",
    fileName: null,
    sizeBytes: null,
    version: null,
    downloadsLeft: null,
    key: "SYNTH-0001-ABCD",
    ...given,
  });

/** Everything the screen says: texts, headings and the sentences of banners. */
export function said(): string {
  const headings = [...document.body.querySelectorAll("[heading]")].map((element) => element.getAttribute("heading"));
  return [...headings, ...texts(document.body)].join("\n");
}

function texts(node: Node): string[] {
  if (node.nodeType === Node.TEXT_NODE) return [node.textContent ?? ""];
  return [...node.childNodes].flatMap(texts);
}

/** What assistive technology reads out of its own accord. */
export function announced(): string {
  const regions = [...document.body.querySelectorAll("[accessibilityrole=status], [accessibilityRole=status]")];
  return regions.map((region) => region.textContent).join("\n");
}

/** The button of that name: its label for assistive technology, or its text. */
export function button(name: string): Element {
  const found = findButton(name);
  if (!found) throw new Error(`There is no button "${name}" in: ${said()}`);
  return found;
}

export function findButton(name: string): Element | undefined {
  return [...document.body.querySelectorAll("s-button")].find(
    (element) => (element.getAttribute("accessibilityLabel") ?? element.textContent) === name,
  );
}

export const press = (name: string) => fireEvent.click(button(name));

export function until(sentence: string) {
  return waitFor(() => {
    if (!said().includes(sentence)) throw new Error(`"${sentence}" is not in: ${said()}`);
  });
}
