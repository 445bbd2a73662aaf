import type { ExtensionSetup, QuestionName } from "./messages.ts";

let lastToast = 0;

/** What an extension in its worker asks of the page it stands on. */
export async function answerExtension(
  name: Exclude<QuestionName, "callElement">,
  args: unknown[],
  setup: ExtensionSetup,
): Promise<unknown> {
  const [first, second] = args;
  switch (name) {
    case "sessionToken":
      return readToken();
    case "requireLogin":
      location.assign(setup.signInUrl);
      return undefined;
    case "navigate":
      location.assign(addressOf(String(first)));
      return undefined;
    case "showToast":
      return showToast(String(first));
    case "hideToast":
      document.getElementById(`toast-${String(first)}`)?.remove();
      return undefined;
    case "readStorage":
      return JSON.parse(localStorage.getItem(storageKey(setup, first)) ?? "null");
    case "writeStorage":
      localStorage.setItem(storageKey(setup, first), JSON.stringify(second));
      return undefined;
    case "deleteStorage":
      localStorage.removeItem(storageKey(setup, first));
      return undefined;
  }
}

async function readToken(): Promise<string> {
  const response = await fetch("/account/session-token", { method: "POST" });
  if (!response.ok) throw new Error(`The store answered ${response.status} instead of a session token.`);
  return ((await response.json()) as { token: string }).token;
}

/** Where Shopify's pages go for `url`: a web address, or `shopify:customer-account/orders/1`. */
function addressOf(url: string): string {
  if (/^https?:\/\//.test(url)) return url;
  const inside = /^shopify:\/?\/?customer-account\/?(.*)$/.exec(url)?.[1];
  if (inside !== undefined)
    return inside === "orders" || inside === ""
      ? "/account"
      : `/account/${inside.replace(/gid:\/\/shopify\/Order\//, "")}`;
  if (/^shopify:\/?\/?(storefront|online-store)/.test(url)) return "/storefront";
  throw new Error(`An extension cannot navigate to ${url}.`);
}

function showToast(text: string): number {
  const id = ++lastToast;
  const shelf = document.getElementById("toasts");
  const shown = document.createElement("p");
  shown.id = `toast-${id}`;
  shown.className = "toast";
  shown.textContent = text;
  shelf?.append(shown);
  setTimeout(() => shown.remove(), 5000);
  return id;
}

function storageKey({ handle }: ExtensionSetup, key: unknown): string {
  return `extension:${handle}:${String(key)}`;
}
