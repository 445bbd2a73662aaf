import { setAttribute, SurfaceElement } from "./surface-element.ts";

class FormElement extends SurfaceElement {
  static override css = ":host { display: block; }";

  override connectedCallback() {
    super.connectedCallback();
    this.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target instanceof Element && event.target.localName === "s-text-field")
        this.emit("submit");
    });
  }
}

class TextFieldElement extends SurfaceElement {
  static override css = `:host { display: block; } label { display: block; font-size: 14px; margin-block-end: 6px; } label.only-read { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.box { display: flex; align-items: center; gap: 8px; border: 1px solid #8a8f94; border-radius: 8px; padding-inline: 12px; background: #fff; } .box:focus-within { outline: 2px solid var(--surface-focus, #1f5fd6); outline-offset: 1px; }
input { flex: 1; min-inline-size: 0; min-block-size: 42px; border: 0; background: none; font: inherit; color: inherit; outline: none; } .affix { color: var(--surface-soft, #5c5f62); } .error { margin: 6px 0 0; color: var(--surface-bad, #a01c1c); font-size: 14px; }
:host(.has-error) .box { border-color: var(--surface-bad, #a01c1c); }`;
  static override template = `<label for="input"></label><div class="box"><span class="affix prefix"></span><input id="input" aria-describedby="error"><span class="affix suffix"></span></div><p class="error" id="error" role="alert"></p>`;
  #isTouched = false;

  override connectedCallback() {
    super.connectedCallback();
    const input = this.inner<HTMLInputElement>("input");
    if (!this.#isTouched && this.textOf("value") === "") input.value = this.textOf("defaultValue");
    input.addEventListener("input", (event) => {
      event.stopPropagation();
      this.#isTouched = true;
      this.emit("input", { value: input.value });
    });
    input.addEventListener("change", () => this.emit("change", { value: input.value }));
    input.addEventListener("focus", () => this.emit("focus"));
    input.addEventListener("blur", () => this.emit("blur"));
  }

  override update() {
    const input = this.inner<HTMLInputElement>("input");
    const label = this.inner("label");
    label.textContent = this.textOf("label");
    label.classList.toggle("only-read", this.textOf("labelAccessibilityVisibility") === "exclusive");
    const value = this.given("value");
    if (typeof value === "string" && value !== input.value) input.value = value;
    input.disabled = this.flag("disabled");
    input.readOnly = this.flag("readOnly");
    input.required = this.flag("required");
    setAttribute(input, "name", this.textOf("name"));
    setAttribute(input, "autocomplete", this.textOf("autocomplete"));
    setAttribute(input, "maxlength", this.textOf("maxLength"));
    setAttribute(input, "minlength", this.textOf("minLength"));
    setAttribute(input, "aria-invalid", this.textOf("error") ? "true" : "");
    this.inner(".prefix").textContent = this.textOf("prefix");
    this.inner(".suffix").textContent = this.textOf("suffix");
    this.inner(".error").textContent = this.textOf("error");
    this.inner(".error").hidden = this.textOf("error") === "";
    this.classList.toggle("has-error", this.textOf("error") !== "");
  }
}

export const fieldElements = { "s-form": FormElement, "s-text-field": TextFieldElement };
