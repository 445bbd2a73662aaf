import { digitsOf } from "../../store/identifiers.ts";
import { centsFrom } from "../../store/money.ts";
import { StoreRefusal, type Product, type Variant } from "../../store/store.ts";
import type { FacesContext } from "../context.ts";
import { FaceRefusal, leaveNotice, type Exchange } from "../exchange.ts";
import { html, type Html } from "../html.ts";
import { formatMoney, icon } from "../page.ts";
import { productArt } from "../product-art.ts";
import { dialog } from "./order-pages.ts";
import { hasOnlyDefaultVariant } from "./pickable.ts";
import { adminPage, nativeMain } from "./shell.ts";

export function productsPage(exchange: Exchange, context: FacesContext): Html {
  const { store } = context;
  const currency = store.shop().currency;
  const products = store.products();

  return adminPage(exchange, context, {
    title: "Products",
    current: "products",
    main: nativeMain(
      html`<div class="page-heading">
        <h1>Products</h1>
        <div class="actions">
          <button class="button primary" type="button" data-opens="new-product">Add product</button>
        </div>
      </div>`,
      html`<div class="card flush">
          <table class="table stacking">
            <thead>
              <tr>
                <th scope="col">Product</th>
                <th scope="col">Kind</th>
                <th scope="col">Variants</th>
                <th scope="col" class="number">Price</th>
              </tr>
            </thead>
            <tbody>
              ${products.map(
                (product) =>
                  html`<tr>
                    <td>
                      <span class="with-thumb"
                        >${productArt(product, "thumb")}<a
                          class="row-link"
                          href="/admin/products/${digitsOf(product.id)}"
                          >${product.title}</a
                        ></span
                      >
                    </td>
                    <td class="soft">${product.productType || "Product"}</td>
                    <td class="soft">${variantWords(product)}</td>
                    <td class="number">${priceRange(product, currency)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
        ${newProductDialog(currency)}`,
    ),
  });
}

export function productPage(exchange: Exchange, context: FacesContext, product: Product): Html {
  const currency = context.store.shop().currency;
  return adminPage(exchange, context, {
    title: product.title,
    current: "products",
    main: nativeMain(
      html`<div class="page-heading">
        <a class="icon-button" href="/admin/products" aria-label="Products">${icon("arrow-left")}</a>
        <div class="heading-text">
          <h1>${product.title} <span class="badge good">Active</span></h1>
        </div>
        <div class="actions"><a class="button" href="/storefront/products/${product.handle}">View in store</a></div>
      </div>`,
      html`<div class="columns">
        <div class="column">
          <section class="card" aria-labelledby="description">
            <h2 id="description">Description</h2>
            <p>${product.description || "None."}</p>
          </section>
          <section class="card flush" aria-labelledby="variants">
            <h2 id="variants" class="inset">Variants</h2>
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">${product.optionName}</th>
                  <th scope="col">SKU</th>
                  <th scope="col" class="number">Price</th>
                  <th scope="col">Quantity</th>
                </tr>
              </thead>
              <tbody>
                ${product.variants.map(
                  (variant) =>
                    html`<tr>
                      <td>${variant.title}</td>
                      <td class="mono soft">${variant.sku || "–"}</td>
                      <td class="number">${formatMoney(variant.priceCents, currency)}</td>
                      <td>${stockForm(product, variant)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </section>
        </div>
        <div class="column side"><section class="card art-card">${productArt(product, "cover")}</section></div>
      </div>`,
    ),
  });
}

function stockForm(product: Product, variant: Variant): Html {
  return html`<form method="post" action="/admin/products/${digitsOf(product.id)}/stock" class="inline-form">
    <input type="hidden" name="variantId" value="${variant.id}" />
    <input
      class="input short"
      name="stock"
      value="${variant.stock ?? ""}"
      inputmode="numeric"
      pattern="[0-9]{0,9}"
      placeholder="Not tracked"
      title="A whole number; empty: not tracked"
      aria-label="Quantity of ${variant.title}; empty: not tracked"
    />
    <button class="button">Save</button>
  </form>`;
}

/** @throws FaceRefusal for what the merchant has to mend */
export function setStock(exchange: Exchange, { store }: FacesContext, form: URLSearchParams) {
  const text = form.get("stock")?.trim() ?? "";
  if (!/^\d{0,9}$/.test(text)) throw new FaceRefusal(422, "Enter a whole number, or nothing for “not tracked”.");
  const { product } = store.setStock(form.get("variantId") ?? "", text === "" ? null : Number(text));
  leaveNotice(exchange, `${product.title}: ${text === "" ? "no longer tracked" : `${text} available`}.`);
}

/** @throws FaceRefusal for what the merchant has to mend */
export function createProduct(exchange: Exchange, { store }: FacesContext, form: URLSearchParams): Product {
  const title = form.get("title")?.trim() ?? "";
  if (!title) throw new FaceRefusal(422, "A product needs a title.");
  const [titles, prices, skus] = [form.getAll("variantTitle"), form.getAll("variantPrice"), form.getAll("variantSku")];
  const variants = prices.flatMap((price, index) => {
    const variantTitle = titles[index]?.trim();
    if (index > 0 && !variantTitle && !price.trim()) return [];
    if (centsFrom(price) === null) throw new FaceRefusal(422, `"${price}" is not a price: write it as 12 or 12.50.`);
    return [
      {
        ...(variantTitle && { title: variantTitle }),
        price: price.trim(),
        sku: skus[index]?.trim() ?? "",
        requiresShipping: false,
      },
    ];
  });
  try {
    const { product } = store.createProduct({ title, variants, description: form.get("description")?.trim() ?? "" });
    leaveNotice(exchange, `${product.title} is on sale.`);
    return product;
  } catch (error) {
    if (error instanceof StoreRefusal) throw new FaceRefusal(error.status, error.message);
    throw error;
  }
}

function newProductDialog(currency: string): Html {
  const row = (isFirst: boolean) =>
    html`<div class="variant-row">
      <label class="grow"
        ><span class="label">${isFirst ? "Variant" : "Another variant"} <span class="soft">optional</span></span
        ><input class="input" name="variantTitle" placeholder="${isFirst ? "Only one" : ""}"
      /></label>
      <label
        ><span class="label">Price (${currency})</span
        ><input
          class="input short"
          name="variantPrice"
          inputmode="decimal"
          pattern="[0-9]+([.][0-9]{1,2})?"
          title="Such as 12 or 12.50"
          ${isFirst ? html` required` : ""}
      /></label>
      <label><span class="label">SKU</span><input class="input short" name="variantSku" /></label>
    </div>`;

  return dialog(
    "new-product",
    "Add product",
    html`<form method="post" action="/admin/products">
      <div class="dialog-body">
        <label class="field"
          ><span>Title</span><input class="input" name="title" required maxlength="255" autofocus
        /></label>
        <label class="field"
          ><span>Description <span class="soft">optional</span></span
          ><textarea class="input" name="description" rows="3"></textarea>
        </label>
        ${row(true)}${row(false)}${row(false)}
      </div>
      <div class="dialog-buttons">
        <button class="button" type="button" data-closes>Close</button
        ><button class="button primary">Add product</button>
      </div>
    </form>`,
  );
}

export function priceRange(product: Product, currency: string): string {
  const prices = product.variants.map((variant) => variant.priceCents);
  const [lowest, highest] = [Math.min(...prices), Math.max(...prices)];
  return lowest === highest
    ? formatMoney(lowest, currency)
    : `${formatMoney(lowest, currency)} – ${formatMoney(highest, currency)}`;
}

function variantWords(product: Product): string {
  return hasOnlyDefaultVariant(product) ? "" : product.variants.map((variant) => variant.title).join(", ");
}
