/** The base of every look-alike: what the extension set, and one drawing for several changes. */
export abstract class SurfaceElement extends HTMLElement {
  /** what stands in the element for good; `update` changes it and never replaces it, so that focus stays */
  static template = "<slot></slot>";
  static css = "";

  readonly #values = new Map<string, unknown>();
  readonly #ownStyle = document.createElement("style");
  #isPlanned = false;

  constructor() {
    super();
    const { template, css } = new.target;
    const root = this.attachShadow({ mode: "open" });
    root.innerHTML = `<style>${shared}${css}</style>${template}`;
    root.append(this.#ownStyle);
  }

  connectedCallback() {
    this.update();
  }

  given(name: string): unknown {
    return this.#values.get(name);
  }

  give(name: string, value: unknown) {
    if (this.#values.get(name) === value) return;
    this.#values.set(name, value);
    if (name === "id") this.setAttribute("id", String(value));
    if (this.#isPlanned || !this.isConnected) return;
    this.#isPlanned = true;
    queueMicrotask(() => {
      this.#isPlanned = false;
      this.update();
    });
  }

  /** Draws what was given. */
  update() {}

  protected textOf(name: string): string {
    const value = this.#values.get(name);
    return value === undefined || value === null || value === false ? "" : String(value);
  }

  protected flag(name: string): boolean {
    const value = this.#values.get(name);
    return value === true || value === "" || value === "true";
  }

  protected inner<Part extends Element = HTMLElement>(selector: string): Part {
    const found = this.shadowRoot?.querySelector<Part>(selector);
    if (!found) throw new Error(`<${this.localName}> has no ${selector}.`);
    return found;
  }

  /** Rules of this one element, beside those of its kind. */
  protected drawStyle(rules: string) {
    if (this.#ownStyle.textContent !== rules) this.#ownStyle.textContent = rules;
  }

  protected emit(name: string, detail: Record<string, unknown> = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** Sets an attribute, or takes it away for an empty value. */
export function setAttribute(element: Element, name: string, value: string | boolean) {
  if (value === "" || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : value);
}

const shared = `
*, *::before, *::after { box-sizing: border-box; }
:host { font: inherit; color: inherit; }
[hidden], :host([hidden]) { display: none !important; }
:focus-visible { outline: 2px solid var(--surface-focus, #1f5fd6); outline-offset: 2px; }
.icon { display: inline-block; flex: none; width: 1.15em; height: 1.15em; background: currentColor;
  -webkit-mask: var(--icon) center / contain no-repeat; mask: var(--icon) center / contain no-repeat; vertical-align: -.2em; }
@keyframes turn { to { transform: rotate(1turn); } }
.spinner { display: inline-block; width: 1.15em; height: 1.15em; border-radius: 50%; border: 2px solid currentColor;
  border-top-color: transparent; opacity: .75; animation: turn .8s linear infinite; vertical-align: -.2em; }
@media (prefers-reduced-motion: reduce) { .spinner { animation-duration: 3s; } }
`;
