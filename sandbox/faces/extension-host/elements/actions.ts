import { setAttribute, SurfaceElement } from "./surface-element.ts";

/** What a button may command: `--show`, `--hide`, `--toggle`, `--copy` or `--auto`. */
export type Commanded = { takeCommand(command: string): void };

/** Something to press: a link with `href`, a button without. One of the two stands in the element, never both. */
abstract class PressElement extends SurfaceElement {
  #control: HTMLElement | null = null;
  protected abstract readonly controlClass: string;

  override connectedCallback() {
    super.connectedCallback();
    this.shadowRoot?.addEventListener("click", this.#press);
    this.shadowRoot?.addEventListener("focusin", this.#focused);
    this.shadowRoot?.addEventListener("focusout", this.#blurred);
  }

  override focus() {
    this.#control?.focus();
  }

  override update() {
    const control = this.#controlFor(this.textOf("href"));
    control.className = `${this.controlClass} ${this.textOf("variant") || "auto"} ${this.textOf("tone")}`;
    setAttribute(control, "aria-label", this.textOf("accessibilityLabel"));
    setAttribute(control, "lang", this.textOf("lang"));
    if (control instanceof HTMLButtonElement) {
      control.disabled = this.flag("disabled");
      setAttribute(control, "aria-disabled", this.flag("loading") ? "true" : "");
    } else {
      setAttribute(control, "href", this.flag("disabled") ? "" : this.textOf("href"));
      setAttribute(control, "target", this.textOf("target") === "_blank" ? "_blank" : "");
      setAttribute(control, "rel", this.textOf("target") === "_blank" ? "noopener" : "");
    }
    setAttribute(control, "aria-busy", this.flag("loading") ? "true" : "");
    this.inner(".spinner").hidden = !this.flag("loading");
    this.style.inlineSize = this.textOf("inlineSize") === "fill" ? "100%" : "";
    control.style.inlineSize = this.style.inlineSize;
  }

  #controlFor(href: string): HTMLElement {
    const tag = href === "" ? "button" : "a";
    if (this.#control?.localName === tag) return this.#control;
    const made = document.createElement(tag);
    if (made instanceof HTMLButtonElement) made.type = "button";
    made.setAttribute("part", "control");
    made.innerHTML = `<span class="spinner" aria-hidden="true" hidden></span><span class="label"><slot></slot></span>`;
    if (this.#control) this.#control.replaceWith(made);
    else this.shadowRoot?.append(made);
    this.#control = made;
    return made;
  }

  #press = (event: Event) => {
    if (this.flag("disabled") || this.flag("loading")) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const target = this.textOf("commandFor");
    const commanded = target ? (this.getRootNode() as ParentNode).querySelector(`#${CSS.escape(target)}`) : null;
    if (commanded && "takeCommand" in commanded) {
      event.preventDefault();
      (commanded as unknown as Commanded).takeCommand(this.textOf("command") || "--auto");
    }
    if (this.textOf("type") === "submit") this.closest("s-form")?.dispatchEvent(new CustomEvent("submit"));
  };

  #focused = () => {
    this.emit("focus");
    this.#showTip(true);
  };

  #blurred = () => {
    this.emit("blur");
    this.#showTip(false);
  };

  /** A tooltip named by `interestFor` shows while this is focused; with the mouse, it shows by itself. */
  #showTip(isShown: boolean) {
    const tip = this.textOf("interestFor");
    const tooltip = tip ? (this.getRootNode() as ParentNode).querySelector(`#${CSS.escape(tip)}`) : null;
    if (tooltip && "takeCommand" in tooltip)
      (tooltip as unknown as Commanded).takeCommand(isShown ? "--show" : "--hide");
  }
}

const buttonCss = `:host { display: inline-flex; inline-size: fit-content; }
button, a { position: relative; display: inline-flex; align-items: center; justify-content: center; min-block-size: 40px; padding: 8px 16px; border-radius: 8px; border: 1px solid #c9cccf; background: #fff; color: var(--surface-accent, #1668a8);
  font: 500 15px/22px var(--font, inherit); text-decoration: none; cursor: pointer; white-space: nowrap; transition: background .12s, border-color .12s; }
button:hover, a:hover { background: #f5f7f9; border-color: #aeb4b9; }
button.primary, a.primary { background: var(--surface-accent, #1668a8); border-color: var(--surface-accent, #1668a8); color: #fff; }
button.primary:hover, a.primary:hover { background: var(--surface-accent-deep, #10527f); }
.critical { color: var(--surface-bad, #a01c1c); } .primary.critical { background: var(--surface-bad, #a01c1c); border-color: var(--surface-bad, #a01c1c); color: #fff; }
button:disabled { opacity: .55; cursor: default; } [aria-busy=true] { cursor: progress; } [aria-busy=true] .label { visibility: hidden; }
.spinner { position: absolute; } .spinner[hidden] { display: none; }`;

class ButtonElement extends PressElement {
  static override template = "";
  static override css = buttonCss;
  protected readonly controlClass = "button";
}

class PressButtonElement extends PressElement {
  static override template = "";
  static override css = `${buttonCss} button[aria-pressed=true] { background: #e8f1f8; border-color: var(--surface-accent, #1668a8); }`;
  protected readonly controlClass = "button";
  #isPressed: boolean | null = null;

  override connectedCallback() {
    super.connectedCallback();
    this.addEventListener("click", () => {
      this.#isPressed = !this.#now();
      this.update();
    });
  }

  override update() {
    super.update();
    setAttribute(this.inner("button"), "aria-pressed", String(this.#now()));
  }

  #now(): boolean {
    if (this.given("pressed") === true) return true;
    return this.#isPressed ?? this.flag("defaultPressed");
  }
}

class LinkElement extends PressElement {
  static override template = "";
  static override css = `:host { display: inline; } a, button { display: inline; padding: 0; border: 0; background: none; font: inherit; color: var(--surface-accent, #1668a8); text-decoration: underline; text-underline-offset: 2px; cursor: pointer; border-radius: 3px; }
.neutral { color: inherit; } a:hover, button:hover { color: var(--surface-accent-deep, #10527f); } .spinner { display: none; }`;
  protected readonly controlClass = "link";
}

class ClickableElement extends PressElement {
  static override template = "";
  static override css = `:host { display: block; } a, button { display: block; inline-size: 100%; padding: 0; border: 0; background: none; font: inherit; color: inherit; text-align: start; text-decoration: none; cursor: pointer; border-radius: 8px; }
a:hover, button:hover { background: #f5f7f9; } .spinner { display: none; }`;
  protected readonly controlClass = "clickable";
}

/** Unseen: holds the text that a button with `command="--copy"` puts on the clipboard. */
class ClipboardItemElement extends SurfaceElement implements Commanded {
  static override css = ":host { display: none; }";

  takeCommand(command: string) {
    if (command !== "--copy" && command !== "--auto") return;
    navigator.clipboard.writeText(this.textOf("text")).then(
      () => this.emit("copy"),
      () => this.emit("copyerror"),
    );
  }
}

export const actionElements = {
  "s-button": ButtonElement,
  "s-press-button": PressButtonElement,
  "s-link": LinkElement,
  "s-clickable": ClickableElement,
  "s-clipboard-item": ClipboardItemElement,
};
