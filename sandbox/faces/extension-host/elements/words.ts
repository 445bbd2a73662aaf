import { setAttribute, SurfaceElement } from "./surface-element.ts";

const tones: Record<string, string> = {
  success: "var(--surface-good, #0b6b3f)",
  critical: "var(--surface-bad, #a01c1c)",
  warning: "var(--surface-warn, #7a4d00)",
  info: "var(--surface-info, #1450a3)",
  neutral: "var(--surface-soft, #5c5f62)",
};

abstract class Words extends SurfaceElement {
  override update() {
    setAttribute(this, "lang", this.textOf("lang"));
    setAttribute(this, "dir", this.textOf("dir") === "auto" ? "" : this.textOf("dir"));
    setAttribute(this, "aria-hidden", this.textOf("accessibilityVisibility") === "hidden" ? "true" : "");
    this.style.color =
      tones[this.textOf("tone")] ?? (this.textOf("color") === "subdued" ? "var(--surface-soft, #5c5f62)" : "");
  }
}

class TextElement extends Words {
  static override css = `:host { overflow-wrap: anywhere; } :host(.strong) { font-weight: 600; } :host(.small) { font-size: 13px; } :host(.emphasis) { font-style: italic; }
:host(.mark) { background: #fff3bf; } :host(.redundant) { text-decoration: line-through; } :host(.address) { font-style: normal; }
:host(.only-read) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }`;

  override update() {
    super.update();
    this.className = this.textOf("type");
    this.classList.toggle("only-read", this.textOf("accessibilityVisibility") === "exclusive");
    this.style.display = this.textOf("display") === "auto" ? "" : this.textOf("display");
  }
}

class ParagraphElement extends Words {
  static override css = ":host { display: block; } p { margin: 0; } :host(.small) { font-size: 13px; }";
  static override template = "<p><slot></slot></p>";

  override update() {
    super.update();
    this.className = this.textOf("type");
  }
}

class HeadingElement extends SurfaceElement {
  static override css = ":host { display: block; } h2, h3, h4 { margin: 0; font: 600 16px/1.4 var(--font, inherit); }";
  static override template = "<h3><slot></slot></h3>";

  override update() {
    setAttribute(this.inner("h3"), "role", this.textOf("accessibilityRole") === "none" ? "presentation" : "");
  }
}

class UnorderedListElement extends SurfaceElement {
  static override css = ":host { display: block; padding-inline-start: 20px; list-style: disc; }";

  override update() {
    this.setAttribute("role", "list");
  }
}

class OrderedListElement extends UnorderedListElement {
  static override css = ":host { display: block; padding-inline-start: 22px; list-style: decimal; }";
}

class ListItemElement extends SurfaceElement {
  static override css = ":host { display: list-item; margin-block-end: 4px; }";

  override update() {
    this.setAttribute("role", "listitem");
  }
}

class AbbreviationElement extends SurfaceElement {
  static override template = "<abbr><slot></slot></abbr>";

  override update() {
    setAttribute(this.inner("abbr"), "title", this.textOf("title"));
  }
}

class TimeElement extends SurfaceElement {
  static override template = "<time><slot></slot></time>";

  override update() {
    setAttribute(this.inner("time"), "datetime", this.textOf("dateTime"));
  }
}

class BadgeElement extends SurfaceElement {
  static override css = `:host { display: inline-flex; align-items: center; gap: 4px; padding: 1px 8px; border-radius: 6px; font-size: 13px; font-weight: 500; line-height: 20px;
white-space: nowrap; background: var(--surface-subdued, #f0f0ee); color: #45494d; inline-size: fit-content; } :host(.critical) { background: #fde5e3; color: #a01c1c; } :host(.small), :host(.small-100) { font-size: 12px; }`;
  static override template = `<span class="icon" hidden></span><slot></slot>`;

  override update() {
    this.className = `${this.textOf("tone")} ${this.textOf("size")}`;
    drawIcon(this.inner(".icon"), this.textOf("icon"));
  }
}

class ChipElement extends SurfaceElement {
  static override css =
    ":host { display: inline-flex; padding: 3px 10px; border-radius: 999px; border: 1px solid var(--surface-line, #dedede); font-size: 13px; }";

  override update() {
    setAttribute(this, "aria-label", this.textOf("accessibilityLabel"));
  }
}

class IconElement extends SurfaceElement {
  static override css = `:host { display: inline-flex; font-size: 17px; } :host(.small), :host(.small-100), :host(.small-200) { font-size: 14px; } :host(.large), :host(.large-100) { font-size: 22px; }`;
  static override template = `<span class="icon" aria-hidden="true"></span>`;

  override update() {
    this.className = this.textOf("size");
    this.style.color = tones[this.textOf("tone")] ?? "";
    drawIcon(this.inner(".icon"), this.textOf("type"));
  }
}

class ImageElement extends SurfaceElement {
  static override css =
    ":host { display: block; } img { display: block; max-inline-size: 100%; inline-size: 100%; border-radius: inherit; }";
  static override template = "<img alt>";

  override connectedCallback() {
    super.connectedCallback();
    const image = this.inner<HTMLImageElement>("img");
    image.onload = () => this.emit("load");
    image.onerror = () => this.emit("error");
  }

  override update() {
    const image = this.inner<HTMLImageElement>("img");
    image.alt = this.textOf("alt");
    setAttribute(image, "loading", this.textOf("loading"));
    image.style.aspectRatio = this.textOf("aspectRatio");
    image.style.objectFit = this.textOf("objectFit");
    if (this.textOf("inlineSize") === "auto") image.style.inlineSize = "auto";
    setAttribute(image, "src", this.textOf("src"));
  }
}

class SpinnerElement extends SurfaceElement {
  static override css =
    ":host { display: inline-flex; font-size: 20px; color: var(--surface-accent, #1668a8); } :host(.small), :host(.small-100) { font-size: 15px; } :host(.large), :host(.large-100) { font-size: 30px; }";
  static override template = `<span class="spinner" role="status"></span>`;

  override update() {
    this.className = this.textOf("size");
    setAttribute(this.inner(".spinner"), "aria-label", this.textOf("accessibilityLabel") || "Loading");
  }
}

class SkeletonParagraphElement extends SurfaceElement {
  static override css = `:host { display: block; } span { display: block; block-size: 12px; margin-block: 6px; border-radius: 6px; background: #e7e7e4; animation: breathe 1.4s ease-in-out infinite; }
span:last-child { inline-size: 62%; } @keyframes breathe { 50% { opacity: .5; } } @media (prefers-reduced-motion: reduce) { span { animation: none; } }`;
  static override template = "<span></span><span></span><span></span>";

  override update() {
    this.setAttribute("aria-hidden", "true");
  }
}

class ProgressElement extends SurfaceElement {
  static override css = `:host { display: block; } div { block-size: 8px; border-radius: 4px; background: #e4e4e1; overflow: hidden; } i { display: block; block-size: 100%; background: var(--surface-accent, #1668a8); }
:host(.critical) i { background: var(--surface-bad, #a01c1c); }`;
  static override template = `<div role="progressbar" aria-valuemin="0"><i></i></div>`;

  override update() {
    this.className = this.textOf("tone");
    const max = Number(this.textOf("max") || 1);
    const value = this.textOf("value");
    const bar = this.inner("[role]");
    setAttribute(bar, "aria-label", this.textOf("accessibilityLabel") || "Progress");
    setAttribute(bar, "aria-valuemax", String(max));
    setAttribute(bar, "aria-valuenow", value);
    this.inner("i").style.inlineSize = `${value === "" ? 40 : Math.min(100, (Number(value) / max) * 100)}%`;
  }
}

export function drawIcon(icon: HTMLElement, name: string) {
  icon.hidden = name === "";
  icon.setAttribute("aria-hidden", "true");
  if (/^[a-z0-9-]+$/.test(name)) icon.style.setProperty("--icon", `url(/faces/icons/${name}.svg)`);
}

export const wordElements = {
  "s-text": TextElement,
  "s-paragraph": ParagraphElement,
  "s-heading": HeadingElement,
  "s-unordered-list": UnorderedListElement,
  "s-ordered-list": OrderedListElement,
  "s-list-item": ListItemElement,
  "s-abbreviation": AbbreviationElement,
  "s-time": TimeElement,
  "s-badge": BadgeElement,
  "s-chip": ChipElement,
  "s-icon": IconElement,
  "s-image": ImageElement,
  "s-spinner": SpinnerElement,
  "s-skeleton-paragraph": SkeletonParagraphElement,
  "s-progress": ProgressElement,
};
