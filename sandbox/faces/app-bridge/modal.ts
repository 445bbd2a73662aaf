import { tell } from "./channel.ts";

const style = `
:host { display: contents; }
dialog { border: 0; padding: 0; border-radius: 12px; width: min(620px, calc(100vw - 32px)); max-height: calc(100vh - 48px);
  box-shadow: 0 20px 60px rgb(0 0 0 / .28); font: 14px/1.45 Inter, system-ui, sans-serif; color: #303030; overflow: hidden; }
dialog[open] { display: flex; flex-direction: column; }
dialog.small { width: min(380px, calc(100vw - 32px)); }
dialog.large { width: min(980px, calc(100vw - 32px)); }
dialog.max { width: calc(100vw - 24px); height: calc(100vh - 24px); max-height: none; }
dialog::backdrop { background: rgb(0 0 0 / .5); }
header { display: flex; align-items: center; gap: 12px; padding: 12px 16px; background: #f3f3f3; border-bottom: 1px solid #e3e3e3; }
h2 { font: 600 14px/20px Inter, system-ui, sans-serif; margin: 0; flex: 1; }
.content { overflow: auto; }
footer { display: flex; justify-content: flex-end; gap: 8px; padding: 12px 16px; border-top: 1px solid #e3e3e3; }
footer:empty { display: none; }
button { font: 600 13px/20px Inter, system-ui, sans-serif; border-radius: 8px; padding: 5px 12px; border: 1px solid #b5b5b5; background: #fff; color: #303030; cursor: pointer; }
button:hover { background: #f6f6f6; }
button.primary { background: #303030; border-color: #303030; color: #fff; }
button.primary.critical { background: #b3261e; border-color: #b3261e; }
button:disabled { opacity: .55; cursor: default; }
button:focus-visible { outline: 2px solid #1f5fd6; outline-offset: 2px; }
.close { border: 0; background: none; padding: 4px 8px; font-size: 16px; }
iframe { border: 0; width: 100%; height: 60vh; display: block; }`;

/** `ui-modal`: shown over the frame; its title bar gives the title and the buttons. */
export function defineModal() {
  customElements.define("ui-modal", ModalElement);
}

class ModalElement extends HTMLElement {
  #dialog: HTMLDialogElement;
  #heading: HTMLElement;
  #footer: HTMLElement;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.innerHTML = `<style>${style}</style><dialog aria-labelledby="heading"><header><h2 id="heading"></h2><button class="close" type="button" aria-label="Close">✕</button></header><div class="content"><slot></slot></div><footer></footer></dialog>`;
    this.#dialog = part(root, "dialog");
    this.#heading = part(root, "h2");
    this.#footer = part(root, "footer");
    part(root, ".close").addEventListener("click", () => void this.hide());
    this.#dialog.addEventListener("close", () => {
      tell({ type: "overlay", isOpen: false });
      this.dispatchEvent(new Event("hide"));
    });
  }

  get variant(): string {
    return this.getAttribute("variant") ?? "base";
  }

  set variant(variant: string) {
    this.setAttribute("variant", variant);
  }

  get src(): string | undefined {
    return this.getAttribute("src") ?? undefined;
  }

  set src(src: string | undefined) {
    if (src === undefined) this.removeAttribute("src");
    else this.setAttribute("src", src);
  }

  /** The element the app fills. */
  get content(): HTMLElement | undefined {
    return [...this.children].find(
      (child): child is HTMLElement => child instanceof HTMLElement && !/^ui-(title|save)-bar$/.test(child.localName),
    );
  }

  get contentWindow(): Window | null {
    return this.#dialog.querySelector("iframe")?.contentWindow ?? null;
  }

  async show() {
    if (this.#dialog.open || !this.isConnected) return;
    this.#draw();
    this.#dialog.showModal();
    tell({ type: "overlay", isOpen: true });
    this.dispatchEvent(new Event("show"));
  }

  async hide() {
    if (this.#dialog.open) this.#dialog.close();
  }

  toggle() {
    return this.#dialog.open ? this.hide() : this.show();
  }

  disconnectedCallback() {
    if (this.#dialog.open) tell({ type: "overlay", isOpen: false });
  }

  #draw() {
    const bar = this.querySelector("ui-title-bar");
    this.#dialog.className = this.variant;
    this.#heading.textContent = bar?.getAttribute("title") ?? document.title;
    this.#footer.replaceChildren(
      ...[...(bar?.querySelectorAll<HTMLElement>("button, a") ?? [])].map((source) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = source.textContent;
        button.disabled = source.hasAttribute("disabled");
        button.classList.toggle("primary", source.getAttribute("variant") === "primary");
        button.classList.toggle("critical", source.getAttribute("tone") === "critical");
        button.addEventListener("click", () => source.click());
        return button;
      }),
    );
    if (!this.src || this.#dialog.querySelector("iframe")) return;
    const frame = document.createElement("iframe");
    frame.src = this.src;
    frame.title = this.#heading.textContent ?? "";
    part(this.#dialog, ".content").replaceChildren(frame);
  }
}

function part<Part extends HTMLElement>(root: ParentNode, selector: string): Part {
  const found = root.querySelector<Part>(selector);
  if (!found) throw new Error(`The modal has no ${selector}.`);
  return found;
}
