import type { Product, Variant } from "../../store/store.ts";
import { hasOnlyDefaultVariant } from "../admin/pickable.ts";
import type { FacesContext } from "../context.ts";
import type { Exchange } from "../exchange.ts";
import { html, type Html } from "../html.ts";
import { formatMoney, icon } from "../page.ts";
import { productArt } from "../product-art.ts";
import { storefrontPage } from "./layout.ts";

export function catalogPage(exchange: Exchange, context: FacesContext): Html {
  const shop = context.store.shop();
  return storefrontPage(
    exchange,
    context,
    shop.name,
    html`<section class="hero">
        <p class="kicker">Field notes, sounds and tools</p>
        <h1>Made to be kept, not shipped.</h1>
        <p class="lead">Books, recordings and software that reach you the moment you have paid.</p>
      </section>
      <section aria-labelledby="products">
        <h2 id="products" class="visually-hidden">Products</h2>
        <ul class="product-grid">
          ${context.store.products().map(
            (product) =>
              html`<li class="product-card">
                ${productArt(product, "cover")}
                <div class="product-card-text">
                  <p class="kind">${product.productType || "Product"}</p>
                  <h3><a href="/storefront/products/${product.handle}">${product.title}</a></h3>
                  <p class="price">${lowestPrice(product, shop.currency)}</p>
                </div>
              </li>`,
          )}
        </ul>
      </section>`,
  );
}

export function productPage(exchange: Exchange, context: FacesContext, product: Product): Html {
  const { currency } = context.store.shop();
  const [first] = product.variants;
  const isDigital = product.variants.every((variant) => !variant.requiresShipping);
  const isSoldOut = product.variants.every(({ stock }) => stock !== undefined && stock <= 0);
  const chosen = product.variants.find((variant) => !isOut(variant)) ?? first;
  const choice = hasOnlyDefaultVariant(product)
    ? html`<input type="hidden" name="variantId" value="${first?.id}" />`
    : html`<fieldset class="choice">
        <legend>${product.optionName}</legend>
        <div class="choice-options">
          ${product.variants.map(
            (variant) =>
              html`<label class="option"
                ><input
                  type="radio"
                  name="variantId"
                  value="${variant.id}"
                  data-price="${formatMoney(variant.priceCents, currency)}"
                  ${variant === chosen ? html` checked` : ""}${isOut(variant) ? html` disabled` : ""}
                /><span>${variant.title}${isOut(variant) ? " – sold out" : ""}</span></label
              >`,
          )}
        </div>
      </fieldset>`;

  return storefrontPage(
    exchange,
    context,
    product.title,
    html`<nav class="breadcrumb" aria-label="Breadcrumb"><a href="/storefront">All products</a></nav>
      <article class="product">
        ${productArt(product, "cover")}
        <div class="product-text">
          <p class="kind">${product.productType || "Product"}</p>
          <h1>${product.title}</h1>
          <p class="price large" id="price">${formatMoney(chosen?.priceCents ?? 0, currency)}</p>
          ${product.description ? html`<p class="lead">${product.description}</p>` : ""}
          <form method="post" action="/storefront/cart/add" class="buy">
            ${choice}
            <label class="quantity"
              ><span>Quantity</span
              ><span class="stepper"
                ><button type="button" data-step="-1" aria-label="One less">${icon("minus")}</button
                ><input
                  type="number"
                  name="quantity"
                  aria-label="Quantity"
                  value="1"
                  min="1"
                  max="99"
                  inputmode="numeric"
                /><button type="button" data-step="1" aria-label="One more">${icon("plus")}</button></span
              ></label
            >
            ${stockNote(product)}
            <div class="buy-buttons">
              ${
                isSoldOut
                  ? html`<button class="shop-button" type="button" disabled>Sold out</button>`
                  : html`<button class="shop-button" name="then" value="cart">Add to cart</button
                      ><button class="shop-button ghost" name="then" value="checkout">Buy now</button>`
              }
            </div>
          </form>
          <ul class="assurances">
            ${
              isDigital
                ? html`<li>${icon("check-circle")}Yours right after payment, by link and by email</li>
                    <li>${icon("lock")}Private links that only you can use</li>`
                : html`<li>${icon("delivery")}Ships in two days</li>
                    <li>${icon("check-circle")}Printed on heavy, uncoated paper</li>`
            }
          </ul>
        </div>
      </article>`,
  );
}

const isOut = ({ stock }: Variant) => stock !== undefined && stock <= 0;

/** Told of a product with a single variant: how many are left, where Shopify counts them. */
function stockNote({ variants }: Product): Html | "" {
  const [only, ...others] = variants;
  if (only?.stock === undefined || others.length > 0 || only.stock <= 0) return "";
  return html`<p class="soft" data-stock="${only.stock}">${only.stock} in stock</p>`;
}

function lowestPrice(product: Product, currency: string): string {
  const prices = product.variants.map((variant) => variant.priceCents);
  const lowest = formatMoney(Math.min(...prices), currency);
  return Math.max(...prices) > Math.min(...prices) ? `from ${lowest}` : lowest;
}
