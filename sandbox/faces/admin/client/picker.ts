import type { PickerRequest } from "../../app-bridge/messages.ts";
import { element, type Settings } from "./settings.ts";

type PickableVariant = { id: string; title: string; sku: string; price: string; product: { id: string } };
type PickableProduct = { id: string; title: string; hasOnlyDefaultVariant: boolean; variants: PickableVariant[] };
type Picked = { id: string };

/** Shows the products and lets the merchant choose. @returns null when they cancel */
export async function pickResources(request: PickerRequest, settings: Settings): Promise<Picked[] | null> {
  const products = (await (await fetch("/admin/products.json")).json()) as PickableProduct[];
  const picker = new Picker(
    request,
    settings,
    products.filter((product) => matches(product, request.filterQuery)),
  );
  return picker.show();
}

class Picker {
  readonly #request: PickerRequest;
  readonly #settings: Settings;
  readonly #products: PickableProduct[];
  readonly #dialog = element<HTMLDialogElement>("#picker");
  /** ids of variants */
  readonly #chosen = new Set<string>();

  constructor(request: PickerRequest, settings: Settings, products: PickableProduct[]) {
    this.#request = request;
    this.#settings = settings;
    this.#products = products;
    for (const { id, variants } of request.selectionIds) {
      const product = products.find((candidate) => candidate.id === id);
      for (const variant of product?.variants ?? []) {
        if (!variants || variants.some((given) => given.id === variant.id)) this.#chosen.add(variant.id);
      }
      if (products.some((candidate) => candidate.variants.some((variant) => variant.id === id))) this.#chosen.add(id);
    }
  }

  show(): Promise<Picked[] | null> {
    const verb = this.#request.action === "add" ? "Add" : "Select";
    const what = this.#request.type === "product" ? "products" : "variants";
    this.#dialog.innerHTML = `<h2 id="picker-heading">${verb} ${what}</h2>
<div class="picker-search"><span class="icon" style="--icon:url(/faces/icons/search.svg)" aria-hidden="true"></span><input class="input" type="search" aria-label="Search ${what}" placeholder="Search ${what}"></div>
<div class="picker-list" role="group" aria-label="${what}"></div>
<div class="dialog-buttons"><p class="picker-count" role="status"></p><button type="button" class="button" data-picker="cancel">Cancel</button><button type="button" class="button primary" data-picker="done">${verb}</button></div>`;
    const search = element<HTMLInputElement>("input", this.#dialog);
    search.value = this.#request.query;
    search.addEventListener("input", () => this.#draw(search.value));
    element(".picker-list", this.#dialog).addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement) this.#toggle(event.target, search.value);
    });
    this.#draw(search.value);
    this.#dialog.showModal();
    search.focus();

    return new Promise((resolve) => {
      let outcome: Picked[] | null = null;
      element("[data-picker=cancel]", this.#dialog).addEventListener("click", () => this.#dialog.close());
      element("[data-picker=done]", this.#dialog).addEventListener("click", () => {
        outcome = this.#picked();
        this.#dialog.close();
      });
      this.#dialog.addEventListener("close", () => resolve(outcome), { once: true });
    });
  }

  #picked(): Picked[] {
    const chosenOf = (product: PickableProduct) => product.variants.filter((variant) => this.#chosen.has(variant.id));
    if (this.#request.type === "variant") return this.#products.flatMap(chosenOf);
    return this.#products
      .map((product) => ({ ...product, variants: chosenOf(product) }))
      .filter((product) => product.variants.length > 0);
  }

  #toggle(box: HTMLInputElement, search: string) {
    const ids = (box.dataset.variants ?? "").split(" ");
    const owner = this.#products.find((product) => product.variants.some((variant) => variant.id === ids[0]));
    if (box.checked) {
      this.#makeRoomFor(owner);
      for (const id of ids) this.#chosen.add(id);
    } else {
      for (const id of ids) this.#chosen.delete(id);
    }
    this.#draw(search);
    this.#dialog.querySelector<HTMLInputElement>(`input[data-variants="${box.dataset.variants}"]`)?.focus();
  }

  /** One choice only: what was chosen before goes; several variants of one product may stand together. */
  #makeRoomFor(owner: PickableProduct | undefined) {
    if (this.#request.multiple !== false) return;
    const keeps = this.#request.type === "product" ? new Set(owner?.variants.map((variant) => variant.id)) : new Set();
    for (const id of [...this.#chosen]) if (!keeps.has(id)) this.#chosen.delete(id);
  }

  #draw(search: string) {
    const shown = this.#products.filter((product) => matches(product, search));
    const list = element(".picker-list", this.#dialog);
    list.replaceChildren(...shown.flatMap((product) => this.#rows(product)));
    if (shown.length === 0) list.innerHTML = '<p class="picker-empty">No products match. Try another word.</p>';

    const count = this.#picked().length;
    const limit = typeof this.#request.multiple === "number" ? this.#request.multiple : null;
    element(".picker-count", this.#dialog).textContent =
      limit === null ? `${count} selected` : `${count} of ${limit} selected`;
    element<HTMLButtonElement>("[data-picker=done]", this.#dialog).disabled =
      (count === 0 && this.#request.selectionIds.length === 0) || (limit !== null && count > limit);
  }

  #rows(product: PickableProduct): HTMLElement[] {
    const isPlain = product.hasOnlyDefaultVariant || (this.#request.type === "product" && !this.#request.showVariants);
    const head = this.#row(
      product.title,
      isPlain ? this.#price(product.variants[0]) : "",
      product.variants,
      "picker-product",
    );
    return isPlain
      ? [head]
      : [
          head,
          ...product.variants.map((variant) =>
            this.#row(variant.title, this.#price(variant), [variant], "picker-variant"),
          ),
        ];
  }

  #row(title: string, note: string, variants: PickableVariant[], className: string): HTMLElement {
    const row = document.createElement("label");
    row.className = `picker-row ${className}`;
    const box = document.createElement("input");
    box.type = "checkbox";
    box.dataset.variants = variants.map((variant) => variant.id).join(" ");
    const chosen = variants.filter((variant) => this.#chosen.has(variant.id)).length;
    box.checked = chosen === variants.length;
    box.indeterminate = chosen > 0 && chosen < variants.length;
    const name = document.createElement("span");
    name.textContent = title;
    const price = document.createElement("span");
    price.className = "soft";
    price.textContent = note;
    row.append(box, name, price);
    return row;
  }

  #price(variant: PickableVariant | undefined): string {
    const amount = Number(variant?.price ?? 0);
    return new Intl.NumberFormat("en", { style: "currency", currency: this.#settings.currency }).format(amount);
  }
}

/** Every word is somewhere in the title, a variant's title or a SKU. */
function matches(product: PickableProduct, query: string): boolean {
  const text = [product.title, ...product.variants.flatMap((variant) => [variant.title, variant.sku])]
    .join(" ")
    .toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
