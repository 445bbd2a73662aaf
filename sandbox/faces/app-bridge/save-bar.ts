import { ask, onMessage, tell } from "./channel.ts";
import type { BarButton, SaveBarState } from "./messages.ts";

/** Whoever has unsaved changes: the admin shows one bar, for whoever came last. */
type Owner = { state(): NonNullable<SaveBarState>; save(): void; discard(): void };

const owners: Owner[] = [];

/** `ui-save-bar`, and forms with `data-save-bar` that raise the bar by themselves. */
export function defineSaveBar() {
  customElements.define("ui-save-bar", SaveBarElement);
  watchForms();
  onMessage((message) => {
    if (message.type !== "saveBarButton") return;
    const owner = owners.at(-1);
    if (message.button === "save") owner?.save();
    else owner?.discard();
  });
}

export const saveBar = {
  show: async (id: string) => barById(id).show(),
  hide: async (id: string) => barById(id).hide(),
  toggle: async (id: string) => barById(id).toggle(),
  /** Resolves when nothing is unsaved or the merchant leaves all the same; otherwise never, as App Bridge does. */
  async leaveConfirmation() {
    if (owners.length === 0 || (await ask("leaveConfirmation", null))) return;
    await new Promise(() => {});
  },
};

function raise(owner: Owner) {
  if (!owners.includes(owner)) owners.push(owner);
  report();
}

function lower(owner: Owner) {
  const at = owners.indexOf(owner);
  if (at < 0) return;
  owners.splice(at, 1);
  report();
}

function report() {
  tell({ type: "saveBar", state: owners.at(-1)?.state() ?? null });
}

class SaveBarElement extends HTMLElement implements Owner {
  showing = false;
  #observer = new MutationObserver(() => {
    if (this.showing) report();
  });

  get discardConfirmation(): boolean {
    return this.hasAttribute("discardConfirmation") && this.getAttribute("discardConfirmation") !== "false";
  }

  set discardConfirmation(confirms: boolean) {
    this.toggleAttribute("discardConfirmation", confirms);
  }

  connectedCallback() {
    this.style.display = "none";
    this.#observer.observe(this, { childList: true, subtree: true, characterData: true, attributes: true });
  }

  disconnectedCallback() {
    this.#observer.disconnect();
    void this.hide();
  }

  async show() {
    if (this.showing) return;
    this.showing = true;
    raise(this);
    this.dispatchEvent(new Event("show"));
  }

  async hide() {
    if (!this.showing) return;
    this.showing = false;
    lower(this);
    this.dispatchEvent(new Event("hide"));
  }

  toggle() {
    return this.showing ? this.hide() : this.show();
  }

  state() {
    return {
      save: barButton(this.#button(true), "Save"),
      discard: barButton(this.#button(false), "Discard"),
      discardConfirmation: this.discardConfirmation,
    };
  }

  save() {
    this.#button(true)?.click();
  }

  discard() {
    this.#button(false)?.click();
  }

  #button(isPrimary: boolean): HTMLButtonElement | null {
    const buttons = [...this.querySelectorAll("button")];
    return buttons.find((button) => (button.getAttribute("variant") === "primary") === isPrimary) ?? null;
  }
}

function barButton(button: HTMLButtonElement | null, otherwise: string): BarButton {
  const loading = button?.getAttribute("loading");
  return {
    text: button?.textContent?.trim() || otherwise,
    disabled: button?.disabled ?? false,
    loading: loading !== null && loading !== undefined && loading !== "false",
  };
}

/** A form with `data-save-bar` shows the bar while its fields differ from what they were. */
class SavedForm implements Owner {
  readonly form: HTMLFormElement;
  #saved: string;

  constructor(form: HTMLFormElement) {
    this.form = form;
    this.#saved = contentsOf(form);
  }

  state() {
    const plain = { disabled: false, loading: false };
    return {
      save: { ...plain, text: "Save" },
      discard: { ...plain, text: "Discard" },
      discardConfirmation: this.form.hasAttribute("data-discard-confirmation"),
    };
  }

  save() {
    this.form.requestSubmit();
  }

  discard() {
    this.form.reset();
  }

  compare() {
    if (this.form.isConnected && contentsOf(this.form) !== this.#saved) raise(this);
    else lower(this);
  }

  settle() {
    this.#saved = contentsOf(this.form);
    lower(this);
  }

  leave() {
    lower(this);
  }
}

function watchForms() {
  const known = new Map<HTMLFormElement, SavedForm>();
  const find = () => {
    for (const form of document.querySelectorAll<HTMLFormElement>("form[data-save-bar]")) {
      if (!known.has(form)) known.set(form, new SavedForm(form));
    }
    for (const [form, saved] of known) {
      if (form.isConnected) continue;
      saved.leave();
      known.delete(form);
    }
  };
  const savedFormOf = (event: Event) => {
    const form = event.target instanceof Element ? event.target.closest("form") : null;
    return form ? known.get(form) : undefined;
  };
  /** What a click or a key changed may be drawn by the app a moment later. */
  const compareSoon = (event: Event) => {
    const saved = savedFormOf(event);
    if (saved) setTimeout(() => saved.compare());
  };

  for (const type of ["input", "change", "click"]) document.addEventListener(type, compareSoon, true);
  document.addEventListener("reset", compareSoon, true);
  document.addEventListener("submit", (event) => savedFormOf(event)?.settle(), true);
  const start = () => {
    find();
    new MutationObserver(find).observe(document.documentElement, { childList: true, subtree: true });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}

function contentsOf(form: HTMLFormElement): string {
  return JSON.stringify(
    [...new FormData(form)].map(([name, value]) => [name, typeof value === "string" ? value : value.name]),
  );
}

function barById(id: string): SaveBarElement {
  const bar = document.getElementById(id);
  if (!(bar instanceof SaveBarElement)) throw new Error(`There is no ui-save-bar with the id "${id}".`);
  return bar;
}
