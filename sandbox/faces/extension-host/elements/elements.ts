import { catalog } from "../catalog.ts";
import { actionElements } from "./actions.ts";
import { disclosureElements } from "./disclosures.ts";
import { fieldElements } from "./fields.ts";
import { layoutElements } from "./layout.ts";
import { SurfaceElement } from "./surface-element.ts";
import { wordElements } from "./words.ts";

const elements: Record<string, new () => SurfaceElement> = {
  ...layoutElements,
  ...wordElements,
  ...actionElements,
  ...disclosureElements,
  ...fieldElements,
};

/** Look-alikes of Shopify's elements, one for each in the catalog. */
export function defineElements() {
  for (const [tag, { properties }] of Object.entries(catalog)) {
    const Kind = elements[tag];
    if (!Kind) throw new Error(`The catalog has <${tag}>, but nothing draws it.`);
    for (const name of ["id", ...properties]) defineProperty(Kind, name);
    customElements.define(tag, Kind);
  }
}

function defineProperty(Kind: new () => SurfaceElement, name: string) {
  if (name in SurfaceElement.prototype && !(name in HTMLElement.prototype)) {
    throw new Error(`The property ${name} would hide a method of SurfaceElement.`);
  }
  Object.defineProperty(Kind.prototype, name, {
    configurable: true,
    get(this: SurfaceElement) {
      return this.given(name);
    },
    set(this: SurfaceElement, value: unknown) {
      this.give(name, value);
    },
  });
}
