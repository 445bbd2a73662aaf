import type { FacesContext } from "../context.ts";
import { takeNotice, type Exchange } from "../exchange.ts";
import { html, type Html } from "../html.ts";
import { featherSvg, icon, page } from "../page.ts";
import { signedInCustomer } from "../visitor.ts";
import { countUnits, readCart } from "./cart.ts";

export function storefrontPage(exchange: Exchange, context: FacesContext, title: string, main: Html): Html {
  const shop = context.store.shop();
  const units = countUnits(readCart(exchange, context));
  const customer = signedInCustomer(exchange, context);
  const notice = takeNotice(exchange);

  return page({
    title: title === shop.name ? title : `${title} – ${shop.name}`,
    face: "storefront",
    style: "storefront.css",
    scripts: ["storefront.js"],
    body: html` <header class="shop-header">
        <a class="shop-name" href="/storefront">${featherSvg("currentColor")}<span>${shop.name}</span></a>
        <nav aria-label="Shop">
          <ul class="shop-links">
            <li><a href="/storefront">All products</a></li>
            ${context.store.app.proxy ? html`<li><a href="${context.store.app.proxy.shopPath}">Downloads</a></li>` : ""}
            <li>
              <a href="/account"
                >${icon("person")}<span>${customer ? (customer.firstName ?? "Account") : "Sign in"}</span></a
              >
            </li>
            <li>
              <a href="/storefront/cart"
                >${icon("cart")}<span>Cart</span>${units > 0 ? html`<span class="count">${units}<span class="visually-hidden"> in it</span></span>` : ""}</a
              >
            </li>
          </ul>
        </nav>
      </header>
      <main id="content" class="shop-main">
        ${notice ? html`<p class="notice" role="status">${icon("check-circle")}${notice}</p>` : ""}${main}
      </main>
      <footer class="shop-footer">
        <p>${shop.name} is a stand-in shop on your own machine. Nobody pays, nothing is shipped.</p>
      </footer>`,
  });
}
