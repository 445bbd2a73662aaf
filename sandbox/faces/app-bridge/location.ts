import { onMessage, tell } from "./channel.ts";

/** In the first address of a visit only; they do not name a page. */
const shopifyParameters = [
  "shop",
  "host",
  "id_token",
  "embedded",
  "hmac",
  "session",
  "timestamp",
  "locale",
  "protocol",
];

/** Keeps the admin's address in step with the app's, and sends links that leave the app to the admin. */
export function mirrorLocation() {
  for (const change of ["pushState", "replaceState"] as const) {
    const original = history[change].bind(history);
    history[change] = (...args: Parameters<History["pushState"]>) => {
      original(...args);
      report();
    };
  }
  window.addEventListener("popstate", report);
  window.addEventListener("hashchange", report);
  watchTitle();

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    const link = event
      .composedPath()
      .find((target): target is HTMLAnchorElement => target instanceof HTMLAnchorElement);
    if (!link || !leadsToAdmin(link.getAttribute("href") ?? "")) return;
    event.preventDefault();
    tell({ type: "leaveTo", href: link.getAttribute("href") ?? "" });
  });

  const openDirectly = window.open.bind(window);
  window.open = (url, target, features) => {
    const address = String(url ?? "");
    if (!leadsToAdmin(address)) return openDirectly(url, target, features);
    tell({ type: "leaveTo", href: address });
    return null;
  };

  onMessage((message) => {
    if (message.type === "navigate") followLink(message.path);
  });
  report();
}

/** The app's router listens for this event of App Bridge and reads `href` of its target. */
function followLink(path: string) {
  const link = document.createElement("a");
  link.setAttribute("href", path);
  link.hidden = true;
  document.body.append(link);
  link.dispatchEvent(new CustomEvent("shopify:navigate", { bubbles: true }));
  link.remove();
}

function leadsToAdmin(href: string): boolean {
  return /^shopify:\/?\/?admin\//.test(href) || href.startsWith("https://admin.shopify.com/");
}

function watchTitle() {
  const start = () => {
    report();
    new MutationObserver(report).observe(document.head, { childList: true, subtree: true, characterData: true });
  };
  if (document.head) start();
  else document.addEventListener("DOMContentLoaded", start);
}

function report() {
  const url = new URL(location.href);
  if (url.searchParams.has("shopify-reload")) return;
  for (const name of shopifyParameters) url.searchParams.delete(name);
  tell({ type: "location", path: url.pathname + url.search + url.hash, title: document.title });
}
