import { tell } from "./channel.ts";

/** `ui-nav-menu` and `s-app-nav`: unseen in the frame, shown by the admin. */
export function defineNavigation() {
  class AppNavigation extends HTMLElement {
    #observer: MutationObserver | null = null;

    connectedCallback() {
      this.style.display = "none";
      this.#observer = new MutationObserver(() => this.#report());
      this.#observer.observe(this, { childList: true, subtree: true, characterData: true, attributes: true });
      this.#report();
    }

    disconnectedCallback() {
      this.#observer?.disconnect();
    }

    #report() {
      const anchors = [...this.querySelectorAll<HTMLElement>("a, s-link")];
      if (anchors.length === 0) return;
      tell({
        type: "navigation",
        links: anchors.map((anchor) => ({
          href: anchor.getAttribute("href") ?? "/",
          text: anchor.textContent?.trim() ?? "",
          home: anchor.getAttribute("rel") === "home",
        })),
      });
    }
  }
  customElements.define("ui-nav-menu", AppNavigation);
  customElements.define("s-app-nav", class extends AppNavigation {});
}
