import type { NavLink } from "../../app-bridge/messages.ts";
import { element, type Settings } from "./settings.ts";

const REMEMBERED = "app-links";

/** The menu button of narrow screens. */
export function prepareNavigation() {
  const button = element<HTMLButtonElement>(".menu-button");
  const shade = element<HTMLButtonElement>(".nav-shade");
  const open = (isOpen: boolean) => {
    document.body.classList.toggle("is-nav-open", isOpen);
    button.setAttribute("aria-expanded", String(isOpen));
    shade.hidden = !isOpen;
  };
  button.addEventListener("click", () => open(button.getAttribute("aria-expanded") !== "true"));
  shade.addEventListener("click", () => open(false));
  element(".sidebar").addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("a")) open(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || button.getAttribute("aria-expanded") !== "true") return;
    open(false);
    button.focus();
  });
}

/** The app's own links below its name; remembered, so that they stand on the admin's other pages too. */
export function showAppLinks(settings: Settings, links: NavLink[] = rememberedLinks()) {
  localStorage.setItem(REMEMBERED, JSON.stringify(links));
  element("#app-links").replaceChildren(
    ...links
      .filter((link) => !link.home)
      .map((link) => {
        const item = document.createElement("li");
        const anchor = document.createElement("a");
        anchor.className = "nav-link";
        anchor.href = settings.appHome + link.href;
        anchor.dataset.appPath = link.href;
        anchor.textContent = link.text;
        item.append(anchor);
        return item;
      }),
  );
}

/** @param path  the app's path and query; the longest link that leads there is current */
export function markCurrentLink(path: string) {
  const links = [...document.querySelectorAll<HTMLAnchorElement>("a[data-app-path]")];
  const here = path.split(/[?#]/)[0] ?? path;
  const leadsHere = (link: HTMLAnchorElement) => {
    const there = link.dataset.appPath ?? "";
    return here === there || here.startsWith(`${there}/`);
  };
  const current = links
    .filter(leadsHere)
    .sort((one, other) => (other.dataset.appPath ?? "").length - (one.dataset.appPath ?? "").length)[0];
  for (const link of links) {
    if (link === current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function rememberedLinks(): NavLink[] {
  try {
    return JSON.parse(localStorage.getItem(REMEMBERED) ?? "[]") as NavLink[];
  } catch {
    return [];
  }
}
