import { onMessage, tell } from "./channel.ts";
import type { TitleButton } from "./messages.ts";

/** `ui-title-bar`: its title and buttons appear above the frame; one inside a modal belongs to that modal. */
export function defineTitleBar() {
  let shown: HTMLElement | null = null;
  let buttonsById = new Map<string, HTMLElement>();
  const takeOver = (bar: HTMLElement) => (shown = bar);

  class TitleBar extends HTMLElement {
    static observedAttributes = ["title"];
    #observer: MutationObserver | null = null;

    connectedCallback() {
      if (this.closest("ui-modal")) return;
      this.style.display = "none";
      takeOver(this);
      this.#observer = new MutationObserver(() => this.#report());
      this.#observer.observe(this, { childList: true, subtree: true, characterData: true, attributes: true });
      this.#report();
    }

    attributeChangedCallback() {
      if (shown === this) this.#report();
    }

    disconnectedCallback() {
      this.#observer?.disconnect();
      if (shown !== this) return;
      shown = null;
      tell({ type: "titleBar", state: null });
    }

    #report() {
      buttonsById = new Map();
      const buttons = [...this.querySelectorAll<HTMLElement>("button, a")].map((button, index) => {
        const id = String(index);
        buttonsById.set(id, button);
        return { ...titleButton(button, id), isBreadcrumb: button.getAttribute("variant") === "breadcrumb" };
      });
      tell({
        type: "titleBar",
        state: {
          title: this.getAttribute("title") ?? document.title,
          breadcrumb: buttons.find((button) => button.isBreadcrumb) ?? null,
          buttons: buttons.filter((button) => !button.isBreadcrumb),
        },
      });
    }
  }
  customElements.define("ui-title-bar", TitleBar);

  onMessage((message) => {
    if (message.type === "titleBarButton") buttonsById.get(message.id)?.click();
  });
}

function titleButton(button: HTMLElement, id: string): TitleButton {
  return {
    id,
    text: button.textContent?.trim() ?? "",
    primary: button.getAttribute("variant") === "primary",
    critical: button.getAttribute("tone") === "critical",
    disabled: button.hasAttribute("disabled"),
    loading: button.hasAttribute("loading") && button.getAttribute("loading") !== "false",
  };
}
