// Runs one built extension in a Web Worker, over a document that only mirrors what it draws to the page.
import "@remote-dom/core/polyfill";
import { createRemoteElement, RemoteEvent, RemoteRootElement } from "@remote-dom/core/elements";
import { catalog, type ElementDescription } from "./catalog.ts";
import { createI18n } from "./i18n.ts";
import type { ExtensionSetup, FromWorker, FunctionNumber, QuestionName, Questions, ToWorker } from "./messages.ts";
import { createNavigation } from "./worker-navigation.ts";
import { createSignals } from "./signals.ts";

/** Of every classic worker. */
declare function importScripts(url: string): void;

type Render = (api: unknown) => unknown;
type ElementWithValue = { value?: unknown; open?: unknown };

const post = (message: FromWorker) => postMessage(message);
const functions = new Map<number, (...args: unknown[]) => unknown>();
const numbers = new WeakMap<object, number>();
const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
let lastNumber = 0;

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if ("setup" in data) {
    start(data.setup).catch((error: unknown) => post({ failed: wordsOf(error) }));
  } else if ("call" in data) {
    functions.get(data.call)?.(...data.args);
  } else {
    const asked = waiting.get(data.questionId);
    waiting.delete(data.questionId);
    if ("error" in data) asked?.reject(new Error(data.error));
    else asked?.resolve(data.answer);
  }
});
addEventListener("error", (event) => post({ failed: event.message }));
addEventListener("unhandledrejection", (event) => post({ failed: wordsOf(event.reason) }));
post({ up: true });

async function start(setup: ExtensionSetup) {
  const root = drawRoot();
  const registered = new Map<string, Render>();
  const api = apiOf(setup, registered);
  Object.assign(globalThis, { shopify: api });
  if (setup.hasNavigation) {
    const navigation = createNavigation((url) => ask("navigate", url));
    Object.defineProperty(globalThis, "navigation", { configurable: true, value: navigation });
  }
  importScripts(setup.bundleUrl);

  const render = registered.get(setup.target);
  if (!render) throw new Error(`The extension "${setup.handle}" does not extend ${setup.target}.`);
  await render(api);
  if (root.childNodes.length > 0) post({ rendered: true });
}

/** @returns the body that the extension draws into */
function drawRoot(): RemoteRootElement {
  customElements.define("remote-root", RemoteRootElement);
  for (const [tag, description] of Object.entries(catalog)) customElements.define(tag, remoteElement(description));
  const root = document.createElement("remote-root") as RemoteRootElement;
  Object.defineProperty(document, "body", { configurable: true, value: root });
  root.connect({
    mutate: (records) => post({ mutations: records.map(numbered) }),
    call: (id: string, method: string, ...args: unknown[]) => ask("callElement", id, method, ...args),
  });
  return root;
}

function remoteElement({ properties, events = [], methods = [] }: ElementDescription) {
  const booleans = new Set([
    "disabled",
    "loading",
    "hidden",
    "dismissible",
    "collapsible",
    "required",
    "readOnly",
    "open",
    "defaultOpen",
    "pressed",
    "defaultPressed",
  ]);
  return createRemoteElement({
    slots: ["primary-action", "secondary-actions", "breadcrumb-actions"],
    properties: Object.fromEntries(
      ["id", ...properties].map((name) => [
        name,
        { type: booleans.has(name) ? Boolean : String, attribute: name.toLowerCase() },
      ]),
    ),
    events: Object.fromEntries(events.map((name) => [name, { dispatchEvent: eventMaker(name) }])),
    methods,
  });
}

/** An event brings along what the page's element became by it. */
function eventMaker(name: string) {
  return function make(this: ElementWithValue, detail: unknown) {
    if (detail && typeof detail === "object") {
      for (const property of ["value", "open", "pressed"] as const) {
        if (property in detail) Object.assign(this, { [property]: (detail as Record<string, unknown>)[property] });
      }
    }
    return Object.assign(
      new RemoteEvent(name, { detail }),
      detail && typeof detail === "object" && "newState" in detail ? detail : {},
    );
  };
}

function apiOf(setup: ExtensionSetup, registered: Map<string, Render>) {
  const { signal, setSignals } = createSignals();
  const capabilities = signal(["network_access"]);
  return {
    extend: (target: string, render: Render) => void registered.set(target, render),
    reload() {},
    setSignals,
    extensionPoint: setup.target,
    extension: {
      target: setup.target,
      apiVersion: setup.apiVersion,
      version: undefined,
      scriptUrl: setup.bundleUrl,
      capabilities,
      rendered: signal(true),
      editor: undefined,
    },
    version: setup.apiVersion,
    i18n: createI18n(setup),
    localization: {
      language: signal({ isoCode: setup.language }),
      extensionLanguage: signal({ isoCode: setup.extensionLanguage }),
      country: signal({ isoCode: "US" }),
      currency: signal({ isoCode: "USD" }),
      timezone: signal(Intl.DateTimeFormat().resolvedOptions().timeZone),
      market: signal(undefined),
    },
    sessionToken: { get: () => ask("sessionToken") },
    requireLogin: () => ask("requireLogin"),
    storage: {
      read: (key: string) => ask("readStorage", key),
      write: (key: string, value: unknown) => ask("writeStorage", key, value),
      delete: (key: string) => ask("deleteStorage", key),
    },
    toast: {
      async show(text: string) {
        const id = await ask("showToast", text);
        return { hide: () => void ask("hideToast", id) };
      },
    },
    ...setup.values,
    ...Object.fromEntries(Object.entries(setup.signals).map(([name, value]) => [name, signal(value)])),
  };
}

function ask<Name extends QuestionName>(
  name: Name,
  ...args: Questions[Name]["args"]
): Promise<Questions[Name]["answer"]> {
  const questionId = ++lastNumber;
  return new Promise((resolve, reject) => {
    waiting.set(questionId, { resolve: resolve, reject });
    post({ ask: name, args, questionId });
  });
}

/** The same value with its functions replaced by their numbers. */
function numbered(value: unknown): unknown {
  if (typeof value === "function") return numberOf(value as (...args: unknown[]) => unknown);
  if (Array.isArray(value)) return value.map(numbered);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, numbered(part)]));
}

function numberOf(call: (...args: unknown[]) => unknown): FunctionNumber {
  let functionNumber = numbers.get(call);
  if (functionNumber === undefined) {
    functionNumber = ++lastNumber;
    numbers.set(call, functionNumber);
    functions.set(functionNumber, call);
  }
  return { functionNumber };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
