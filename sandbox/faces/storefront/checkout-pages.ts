import { digitsOf } from "../../store/identifiers.ts";
import type { FacesContext } from "../context.ts";
import type { Exchange } from "../exchange.ts";
import { html, type Html } from "../html.ts";
import { formatMoney, icon } from "../page.ts";
import { productArt } from "../product-art.ts";
import { languages, type Language } from "../visitor.ts";
import { readCart, sumCents, type CartLine } from "./cart.ts";
import { storefrontPage } from "./layout.ts";

export type CheckoutFields = { email: string; name: string; language: Language; paysNow: boolean; signsIn: boolean };

export function cartPage(exchange: Exchange, context: FacesContext): Html {
  const lines = readCart(exchange, context);
  const money = moneyOf(context);
  const empty = html`<div class="empty">
    ${icon("cart")}
    <h1>Your cart is empty</h1>
    <p>Find something worth keeping.</p>
    <a class="shop-button" href="/storefront">See all products</a>
  </div>`;
  const full = html`<h1 class="page-title">Your cart</h1>
    <form method="post" action="/storefront/cart" class="cart">
      <ul class="cart-lines">
        ${lines.map((line) => {
          const digits = digitsOf(line.variant.id);
          return html`<li class="cart-line">
            ${productArt(line.product, "thumb")}
            <div class="cart-line-text">
              <a href="/storefront/products/${line.product.handle}">${line.product.title}</a>${variantNote(line)}
              <p class="soft">${money(line.variant.priceCents)}</p>
            </div>
            <label class="units"
              ><span class="visually-hidden">Quantity of ${line.product.title}</span
              ><input type="number" name="units:${digits}" value="${line.quantity}" min="0" max="99" data-submits
            /></label>
            <p class="cart-sum">${money(line.variant.priceCents * line.quantity)}</p>
            <button class="link-button" name="remove" value="${digits}" aria-label="Remove ${line.product.title}">
              ${icon("delete")}
            </button>
          </li>`;
        })}
      </ul>
      <div class="cart-total">
        <p><span>Subtotal</span><strong>${money(sumCents(lines))}</strong></p>
        <p class="soft">Taxes included. The test card always works.</p>
        <a class="shop-button" href="/storefront/checkout">Check out</a
        ><button class="shop-button ghost">Update cart</button>
      </div>
    </form>`;
  return storefrontPage(exchange, context, "Cart", lines.length > 0 ? full : empty);
}

/** @param refusal  what the customer has to mend; null at first */
export function checkoutPage(
  exchange: Exchange,
  context: FacesContext,
  fields: CheckoutFields,
  refusal: string | null,
): Html {
  const lines = readCart(exchange, context);
  const money = moneyOf(context);
  const radio = (name: string, value: string, isChosen: boolean, label: string, note: string) =>
    html`<label class="radio-card"
      ><input type="radio" name="${name}" value="${value}" ${isChosen ? html` checked` : ""} /><span
        ><strong>${label}</strong><small>${note}</small></span
      ></label
    >`;

  return storefrontPage(
    exchange,
    context,
    "Checkout",
    html`<h1 class="page-title">Checkout</h1>
      <div class="checkout">
        <form method="post" action="/storefront/checkout" class="checkout-form" data-once>
          <section aria-labelledby="contact">
            <h2 id="contact">Contact</h2>
            <label class="field"
              ><span>Email</span
              ><input
                type="email"
                name="email"
                autocomplete="email"
                required
                value="${fields.email}"
                placeholder="you@example.com"
                ${refusal ? html` aria-invalid="true" aria-describedby="refusal" autofocus` : ""}
            /></label>
            ${refusal ? html`<p class="refusal" id="refusal" role="alert">${icon("alert-circle")}${refusal}</p>` : ""}
            <div class="field-pair">
              <label class="field"
                ><span>Name <small>optional</small></span
                ><input name="name" autocomplete="name" value="${fields.name}"
              /></label>
              <label class="field"
                ><span>Language</span
                ><select name="language">
                  ${Object.entries(languages).map(
                    ([language, label]) =>
                      html`<option
                        value="${language}"
                        lang="${language}"
                        ${language === fields.language ? html` selected` : ""}
                      >
                        ${label}
                      </option>`,
                  )}
                </select></label
              >
            </div>
          </section>
          <fieldset>
            <legend>Who buys</legend>
            <div class="radio-cards">
              ${radio("who", "guest", !fields.signsIn, "Check out as guest", "See the order through its own link")}${radio("who", "account", fields.signsIn, "Sign in with this email", "Orders and downloads in your account")}
            </div>
          </fieldset>
          <fieldset>
            <legend>Payment</legend>
            <div class="radio-cards">
              ${radio("payment", "now", fields.paysNow, "Pay now", "A test card that always works")}${radio("payment", "later", !fields.paysNow, "Pay later", "The order waits until the merchant marks it as paid")}
            </div>
          </fieldset>
          <button class="shop-button wide">Place order · ${money(sumCents(lines))}</button>
        </form>
        <aside class="summary" aria-labelledby="summary">
          <h2 id="summary">Order summary</h2>
          <ul>
            ${lines.map(
              (line) =>
                html`<li>
                  ${productArt(line.product, "thumb")}
                  <div>
                    <p>${line.product.title}</p>
                    ${variantNote(line)}
                    <p class="soft">${line.quantity} × ${money(line.variant.priceCents)}</p>
                  </div>
                  <p>${money(line.variant.priceCents * line.quantity)}</p>
                </li>`,
            )}
          </ul>
          <p class="summary-total"><span>Total</span><strong>${money(sumCents(lines))}</strong></p>
        </aside>
      </div>`,
  );
}

function variantNote({ variant }: CartLine): Html | "" {
  return variant.title === "Default Title" ? "" : html`<p class="soft">${variant.title}</p>`;
}

function moneyOf({ store }: FacesContext) {
  const { currency } = store.shop();
  return (cents: number) => formatMoney(cents, currency);
}
