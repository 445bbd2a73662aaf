import { boxProperties, gridItemProperties, gridProperties, layoutProperties, roles, rulesFor } from "./keywords.ts";
import { setAttribute, SurfaceElement } from "./surface-element.ts";

const nothingMore: typeof boxProperties = [];

/** A box: everything it was given becomes its style, its role goes on the element itself. */
class BoxElement extends SurfaceElement {
  static override css = ":host { display: block; min-width: 0; }";
  protected more = nothingMore;

  override update() {
    const role = this.textOf("accessibilityRole");
    setAttribute(this, "role", roles[role] ?? role);
    setAttribute(this, "aria-label", this.textOf("accessibilityLabel"));
    setAttribute(this, "aria-hidden", this.textOf("accessibilityVisibility") === "hidden" ? "true" : "");
    this.drawStyle(rulesFor([...boxProperties, ...this.more], (name) => this.textOf(name)));
  }
}

class StackElement extends BoxElement {
  static override css = ":host { display: flex; flex-direction: column; min-width: 0; }";
  protected override more = layoutProperties;

  override update() {
    super.update();
    const isInline = this.textOf("direction") === "inline";
    this.style.flexDirection = isInline ? "row" : "column";
    this.style.flexWrap = isInline ? "wrap" : "";
  }
}

class GridElement extends BoxElement {
  static override css = ":host { display: grid; min-width: 0; }";
  protected override more = [...layoutProperties, ...gridProperties];
}

class GridItemElement extends BoxElement {
  protected override more = gridItemProperties;
}

class PageElement extends SurfaceElement {
  static override css = `:host { display: block; } header { display: flex; flex-wrap: wrap; gap: 12px; align-items: center; margin-block-end: 24px; }
.words { flex: 1 1 240px; } h1 { font: 600 26px/1.25 var(--font, inherit); letter-spacing: -.01em; margin: 0; } p { margin: 4px 0 0; color: var(--surface-soft, #5c5f62); }
.actions { display: flex; gap: 8px; align-items: center; }`;
  static override template = `<header><slot name="breadcrumb-actions"></slot><div class="words"><h1></h1><p></p></div><div class="actions"><slot name="secondary-actions"></slot><slot name="primary-action"></slot></div></header><slot></slot>`;

  override update() {
    const heading = this.inner("h1");
    heading.textContent = this.textOf("heading");
    heading.hidden = this.textOf("heading") === "";
    const subheading = this.inner("p");
    subheading.textContent = this.textOf("subheading");
    subheading.hidden = this.textOf("subheading") === "";
  }
}

class SectionElement extends SurfaceElement {
  static override css = `:host { display: block; container-type: inline-size; }
section { background: #fff; border: 1px solid var(--surface-line, #dedede); border-radius: 12px; padding: 24px; }
:host(.is-inside) section { border: 0; padding: 0; }
h2 { font: 600 18px/1.35 var(--font, inherit); margin: 0 0 16px; letter-spacing: -.005em; }
section.bare { padding: 0; } @container (inline-size < 420px) { section { padding: 20px 16px; } }`;
  static override template = `<section><h2 id="heading"></h2><slot></slot></section>`;

  override update() {
    this.classList.toggle("is-inside", this.parentElement?.closest("s-section") !== null);
    const heading = this.textOf("heading");
    const title = this.inner("h2");
    title.textContent = heading;
    title.hidden = heading === "";
    const section = this.inner("section");
    setAttribute(section, "aria-labelledby", heading ? "heading" : "");
    setAttribute(section, "aria-label", heading ? "" : this.textOf("accessibilityLabel"));
    section.classList.toggle("bare", this.textOf("padding") === "none");
  }
}

class DividerElement extends SurfaceElement {
  static override css = `:host { display: block; align-self: stretch; } div { border-block-start: 1px solid var(--surface-line, #dedede); }
:host(.is-block) div { border-block-start: 0; border-inline-start: 1px solid var(--surface-line, #dedede); block-size: 100%; }`;
  static override template = "<div></div>";

  override update() {
    this.setAttribute("role", "presentation");
    this.classList.toggle("is-block", this.textOf("direction") === "block");
  }
}

class QueryContainerElement extends SurfaceElement {
  static override css = ":host { display: block; container-type: inline-size; }";

  override update() {
    this.style.containerName = this.textOf("containerName");
  }
}

export const layoutElements = {
  "s-box": BoxElement,
  "s-stack": StackElement,
  "s-grid": GridElement,
  "s-grid-item": GridItemElement,
  "s-page": PageElement,
  "s-section": SectionElement,
  "s-divider": DividerElement,
  "s-query-container": QueryContainerElement,
};
