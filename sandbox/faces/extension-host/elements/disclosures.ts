import type { Commanded } from "./actions.ts";
import { setAttribute, SurfaceElement } from "./surface-element.ts";
import { drawIcon } from "./words.ts";

const bannerIcons: Record<string, string> = {
  critical: "alert-circle",
  warning: "alert-triangle",
  success: "check-circle",
};

class BannerElement extends SurfaceElement {
  static override css = `:host { display: block; } .banner { display: grid; grid-template-columns: auto 1fr auto; gap: 4px 12px; padding: 14px 16px; border-radius: 10px; border: 1px solid #b9d3ea; background: #eef5fb; color: #17324a; }
.banner.critical { background: #fdf0ef; border-color: #eeb6b2; color: #641411; } .banner.warning { background: #fff6e0; border-color: #ecd08d; color: #543600; } .banner.success { background: #ecf8f0; border-color: #a9d9ba; color: #08452a; }
.icon { font-size: 18px; margin-block-start: 2px; } strong { display: block; font-weight: 600; } .words { min-inline-size: 0; } .body { margin-block-start: 6px; }
button { border: 0; background: none; font: inherit; color: inherit; cursor: pointer; align-self: start; border-radius: 6px; padding: 2px 6px; } summary { cursor: pointer; font-weight: 600; }`;
  static override template = `<div class="banner"><span class="icon"></span><div class="words"><strong></strong><div class="body"><slot></slot></div></div><button type="button" aria-label="Dismiss" hidden>✕</button></div>`;
  #isDismissed = false;

  override connectedCallback() {
    super.connectedCallback();
    this.inner("button").onclick = () => {
      this.#isDismissed = true;
      this.update();
      this.emit("dismiss");
      this.emit("afterhide");
    };
  }

  override update() {
    const tone = this.textOf("tone");
    const banner = this.inner(".banner");
    banner.className = `banner ${tone}`;
    banner.setAttribute("role", tone === "critical" ? "alert" : "status");
    drawIcon(this.inner(".icon"), bannerIcons[tone] ?? "info");
    const heading = this.inner("strong");
    heading.textContent = this.textOf("heading");
    heading.hidden = this.textOf("heading") === "";
    this.inner(".body").hidden = this.childNodes.length === 0;
    this.inner("button").hidden = !this.flag("dismissible");
    this.toggleAttribute("hidden", this.#isDismissed || this.flag("hidden"));
  }
}

class AnnouncementElement extends SurfaceElement {
  static override css = `:host { display: block; } div { display: flex; gap: 12px; align-items: start; padding: 12px 16px; background: var(--surface-accent, #1668a8); color: #fff; border-radius: 10px; } span { flex: 1; }
button { border: 0; background: none; color: inherit; font: inherit; cursor: pointer; }`;
  static override template = `<div role="status"><span><slot></slot></span><button type="button" aria-label="Dismiss">✕</button></div>`;

  override connectedCallback() {
    super.connectedCallback();
    this.inner("button").onclick = () => this.dismiss();
  }

  dismiss() {
    this.toggleAttribute("hidden", true);
    this.emit("dismiss");
  }
}

class DetailsElement extends SurfaceElement {
  static override css = `:host { display: block; } summary { cursor: pointer; list-style: none; display: flex; align-items: center; gap: 8px; font-weight: 500; border-radius: 6px; }
summary::-webkit-details-marker { display: none; } summary::before { content: ""; width: 8px; height: 8px; border: solid currentColor; border-width: 0 2px 2px 0; transform: rotate(-45deg); transition: transform .15s; } details[open] summary::before { transform: rotate(45deg); } .body { padding-block-start: 10px; }`;
  static override template = `<details><summary><slot name="summary"></slot></summary><div class="body"><slot></slot></div></details>`;
  #opened: boolean | null = null;

  override connectedCallback() {
    super.connectedCallback();
    const details = this.inner<HTMLDetailsElement>("details");
    details.addEventListener("toggle", () => {
      if (this.#opened === details.open) return;
      this.#opened = details.open;
      const states = { oldState: details.open ? "closed" : "open", newState: details.open ? "open" : "closed" };
      this.emit("toggle", { ...states, open: details.open });
      this.emit("aftertoggle", { ...states, open: details.open });
    });
  }

  override update() {
    const wanted = this.given("open");
    const isOpen = typeof wanted === "boolean" && wanted ? true : (this.#opened ?? this.flag("defaultOpen"));
    this.#opened = isOpen;
    this.inner<HTMLDetailsElement>("details").open = isOpen;
  }
}

class SummaryElement extends SurfaceElement {
  override update() {
    this.slot = "summary";
  }
}

class ModalElement extends SurfaceElement implements Commanded {
  static override css = `dialog { border: 0; border-radius: 14px; padding: 0; width: min(520px, calc(100vw - 32px)); max-height: calc(100vh - 48px); color: inherit; box-shadow: 0 24px 70px rgb(0 0 0 / .25); } dialog::backdrop { background: rgb(0 0 0 / .45); }
dialog.large, dialog.large-100, dialog.max { width: min(820px, calc(100vw - 32px)); } dialog.small, dialog.small-100 { width: min(380px, calc(100vw - 32px)); }
header { display: flex; align-items: center; padding: 16px 20px; border-block-end: 1px solid var(--surface-line, #dedede); } h2 { flex: 1; margin: 0; font: 600 17px/1.4 var(--font, inherit); } .body { padding: 20px; } .bare { padding: 0; }
footer { display: flex; flex-direction: row-reverse; gap: 8px; padding: 0 20px 20px; } .close { border: 0; background: none; font: inherit; cursor: pointer; padding: 4px 8px; border-radius: 6px; }`;
  static override template = `<dialog><header><h2></h2><button class="close" type="button" aria-label="Close">✕</button></header><div class="body"><slot></slot></div><footer><slot name="primary-action"></slot><slot name="secondary-actions"></slot></footer></dialog>`;

  override connectedCallback() {
    super.connectedCallback();
    const dialog = this.inner<HTMLDialogElement>("dialog");
    this.inner(".close").onclick = () => dialog.close();
    dialog.onclose = () => {
      this.emit("hide");
      this.emit("afterhide");
    };
  }

  override update() {
    const dialog = this.inner("dialog");
    dialog.className = this.textOf("size");
    this.inner("h2").textContent = this.textOf("heading");
    this.inner(".body").classList.toggle("bare", this.textOf("padding") === "none");
    setAttribute(dialog, "aria-label", this.textOf("accessibilityLabel") || this.textOf("heading"));
  }

  hideOverlay() {
    this.inner<HTMLDialogElement>("dialog").close();
  }

  takeCommand(command: string) {
    const dialog = this.inner<HTMLDialogElement>("dialog");
    const opens = command === "--show" || ((command === "--toggle" || command === "--auto") && !dialog.open);
    if (opens && !dialog.open) {
      dialog.showModal();
      this.emit("show");
      this.emit("aftershow");
    } else if (!opens && dialog.open) dialog.close();
  }
}

class PopoverElement extends SurfaceElement implements Commanded {
  static override css = `div { inset: auto; margin: 6px 0 0; padding: 12px; border: 1px solid var(--surface-line, #dedede); border-radius: 10px; background: #fff; color: inherit; box-shadow: 0 10px 34px rgb(0 0 0 / .16); max-inline-size: min(320px, 90vw); }`;
  static override template = `<div popover><slot></slot></div>`;

  override connectedCallback() {
    super.connectedCallback();
    this.inner("div").addEventListener("toggle", (event) => this.emit(event.newState === "open" ? "show" : "hide"));
  }

  takeCommand(command: string) {
    const sheet = this.inner("div");
    if (command === "--hide") return sheet.hidePopover();
    if (command !== "--show" && sheet.matches(":popover-open")) return sheet.hidePopover();
    sheet.showPopover();
  }
}

class TooltipElement extends SurfaceElement implements Commanded {
  static override css = `:host { position: relative; display: inline-block; } div { position: absolute; inset-block-end: 8px; inset-inline-start: 0; padding: 5px 9px; border-radius: 6px; background: #26292b; color: #fff; font-size: 13px; inline-size: max-content; max-inline-size: 240px; z-index: 5; }`;
  static override template = `<div role="tooltip" hidden><slot></slot></div>`;

  takeCommand(command: string) {
    this.inner("div").hidden = command !== "--show";
  }
}

export const disclosureElements = {
  "s-banner": BannerElement,
  "s-announcement": AnnouncementElement,
  "s-details": DetailsElement,
  "s-summary": SummaryElement,
  "s-modal": ModalElement,
  "s-popover": PopoverElement,
  "s-tooltip": TooltipElement,
};
