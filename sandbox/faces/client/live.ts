// Keeps the parts of a page marked `data-live="name"` up to date: the page is asked for again and those parts are
// swapped when they differ. A part someone is typing in, or has a dialog open in, waits.
const EVERY_MS = 2_000;
const shown = new Map(
  [...document.querySelectorAll<HTMLElement>("[data-live]")].map((part) => [part.dataset.live, part.innerHTML]),
);

async function refresh() {
  if (document.hidden) return;
  const response = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const part of document.querySelectorAll<HTMLElement>("[data-live]")) {
    const name = part.dataset.live;
    const next = fresh.querySelector<HTMLElement>(`[data-live="${name}"]`);
    if (!next || next.innerHTML === shown.get(name)) continue;
    if (part.contains(document.activeElement) || part.querySelector("dialog[open]")) continue;
    shown.set(name, next.innerHTML);
    part.replaceWith(document.importNode(next, true));
  }
}

function repeat() {
  setTimeout(() => {
    refresh()
      .catch(() => undefined)
      .finally(repeat);
  }, EVERY_MS);
}

if (shown.size > 0) repeat();
export {};
