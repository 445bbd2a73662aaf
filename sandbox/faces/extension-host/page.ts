// Shows the extensions of a page: each runs in its own worker and draws, through remote DOM, into its own place.
import { DOMRemoteReceiver } from "@remote-dom/core/receivers";
import { catalog } from "./catalog.ts";
import { defineElements } from "./elements/elements.ts";
import type { ExtensionSetup, FromWorker, FunctionNumber, QuestionName, ToWorker } from "./messages.ts";
import { answerExtension } from "./page-answers.ts";

defineElements();
for (const place of document.querySelectorAll<HTMLElement>("[data-extension]")) {
  const settings = document.getElementById(place.dataset.extension ?? "");
  if (settings?.textContent) show(place, JSON.parse(settings.textContent) as ExtensionSetup);
}

function show(place: HTMLElement, setup: ExtensionSetup) {
  const worker = new Worker("/faces/extension-worker.js", { name: setup.handle });
  const send = (message: ToWorker) => worker.postMessage(message);
  const receiver = new DOMRemoteReceiver({ root: place, elements: Object.keys(catalog), call: callElement });

  worker.addEventListener("error", (event) => fail(place, setup, event.message));
  worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
    if ("up" in data) send({ setup });
    else if ("mutations" in data) mutate(data.mutations);
    else if ("failed" in data) fail(place, setup, data.failed);
    else if ("ask" in data) answer(data.ask, data.args, data.questionId);
  });

  function mutate(mutations: unknown[]) {
    try {
      receiver.connection.mutate(mutations.map(withFunctions) as Parameters<typeof receiver.connection.mutate>[0]);
    } catch (error) {
      console.error(`Extension ${setup.handle}: ${wordsOf(error)}`);
      fail(place, setup, wordsOf(error));
    }
  }

  function answer(name: QuestionName, args: unknown[], questionId: number) {
    const given =
      name === "callElement"
        ? Promise.resolve().then(() => receiver.connection.call(String(args[0]), String(args[1]), ...args.slice(2)))
        : answerExtension(name, args, setup);
    given.then(
      (value) => send({ questionId, answer: value }),
      (error: unknown) => send({ questionId, error: wordsOf(error) }),
    );
  }

  function callElement(element: Element, method: string, ...args: unknown[]): unknown {
    const allowed = catalog[element.localName]?.methods ?? [];
    const call: unknown = Reflect.get(element, method);
    if (!allowed.includes(method) || typeof call !== "function")
      throw new Error(`<${element.localName}> has no method ${method}.`);
    return Reflect.apply(call, element, args) as unknown;
  }

  /** The worker's functions, called there: events bring along what can cross over. */
  function withFunctions(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(withFunctions);
    if (value === null || typeof value !== "object") return value;
    if ("functionNumber" in value) {
      const { functionNumber } = value as FunctionNumber;
      return (...args: unknown[]) => send({ call: functionNumber, args });
    }
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withFunctions(part)]));
  }
}

/** An extension that stopped is silent on Shopify's pages; here its developer sees why. */
function fail(place: HTMLElement, setup: ExtensionSetup, reason: string) {
  console.error(`Extension ${setup.handle} (${setup.target}): ${reason}`);
  const notice = document.createElement("p");
  notice.className = "extension-failure";
  notice.setAttribute("role", "alert");
  notice.textContent = `The extension “${setup.handle}” stopped: ${reason}`;
  place.parentElement?.querySelector(".extension-failure")?.remove();
  place.after(notice);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
