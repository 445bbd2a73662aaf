import { digitsOf } from "../../store/identifiers.ts";
import { orderTotals } from "../../store/order-totals.ts";
import type { Customer, Order } from "../../store/store.ts";
import type { FacesContext } from "../context.ts";
import type { Exchange } from "../exchange.ts";
import { html, type Html } from "../html.ts";
import { formatDay, formatMoney, icon } from "../page.ts";
import { productArt } from "../product-art.ts";
import { languageOf, signedInCustomer, type Language } from "../visitor.ts";
import { extensionPlace } from "./extension-place.ts";
import { accountPage } from "./layout.ts";
import { words } from "./words.ts";

export function ordersPage(exchange: Exchange, context: FacesContext, customer: Customer): Html {
  const language = languageOf(exchange, customer.locale);
  const say = words[language];
  const orders = context.store.orders().filter((order) => order.customerId === customer.id);
  const empty = html`<div class="panel empty">
    ${icon("order")}
    <h2>${say.noOrders}</h2>
    <p>${say.noOrdersLead}</p>
    <a class="account-button" href="/storefront">${say.shopNow}</a>
  </div>`;

  return accountPage(exchange, context, {
    title: say.orders,
    language,
    current: "orders",
    main: html`<h1>${say.orders}</h1>
      ${
        orders.length === 0
          ? empty
          : html`<ul class="order-cards">
              ${orders.map((order) => {
                const pictured = order.lines.slice(0, 3).map((line) => context.store.findProduct(line.productId));
                return html`<li class="panel order-card">
                  <div class="order-card-head">
                    <h2>
                      <a href="/account/orders/${digitsOf(order.id)}" aria-label="${say.view} ${order.name}"
                        >${order.name}</a
                      >
                    </h2>
                    ${statusBadge(order, language)}
                  </div>
                  <p class="soft">${formatDay(order.createdAt, language)}</p>
                  <div class="order-card-art">
                    ${pictured.map((product) => product && productArt(product, "thumb"))}
                  </div>
                  <p class="order-card-lines">${order.lines.map((line) => line.title).join(", ")}</p>
                  <p class="order-card-sum">
                    ${formatMoney(orderTotals(order).currentCents, order.currency, language)}
                  </p>
                </li>`;
              })}
            </ul>`
      }`,
  });
}

export function orderStatusPage(exchange: Exchange, context: FacesContext, order: Order): Html {
  const language = languageOf(exchange, order.locale);
  const say = words[language];
  const customer = signedInCustomer(exchange, context);
  const isOwner = customer !== null && customer.id === order.customerId;

  return accountPage(exchange, context, {
    title: `${say.order} ${order.name}`,
    language,
    current: "orders",
    hasExtension: true,
    main: html`${isOwner ? html`<nav class="back"><a href="/account">${icon("chevron-left")}${say.backToOrders}</a></nav>` : ""}
      <div class="order-head">
        <h1>${say.order} ${order.name}</h1>
        ${statusBadge(order, language)}
      </div>
      <p class="soft lead">${say.placed.replace("{date}", formatDay(order.createdAt, language))}</p>
      <div class="order-columns">
        <div>
          ${isPending(order) ? html`<p class="panel pending">${icon("clock")}${say.updates}</p>` : ""}
          ${extensionPlace(context, {
            target: "customer-account.order-status.block.render",
            language,
            signInUrl: signInUrl(exchange),
            signals: {
              order: {
                id: order.id,
                name: order.name,
                confirmationNumber: order.confirmationNumber,
                processedAt: order.processedAt,
                ...(order.cancelledAt && { cancelledAt: order.cancelledAt }),
              },
              checkoutToken: order.checkoutToken,
              authenticationState: isOwner ? "fully_authenticated" : "pre_authenticated",
            },
          })}${details(order, language)}
        </div>
        ${summary(context, order, language)}
      </div>`,
  });
}

export function thankYouPage(exchange: Exchange, context: FacesContext, order: Order): Html {
  const language = languageOf(exchange, order.locale);
  const say = words[language];
  const customer = order.customerId ? context.store.findCustomer(order.customerId) : null;
  const isFirst = context.store.orders().filter((other) => other.customerId === order.customerId).length <= 1;

  return accountPage(exchange, context, {
    title: say.thanks,
    language,
    hasExtension: true,
    main: html`<div class="order-columns">
      <div>
        <div class="thanks">
          <span class="thanks-mark">${icon("check")}</span>
          <div>
            <p class="soft">${say.confirmation} ${order.confirmationNumber}</p>
            <h1>${customer?.firstName ? say.thanksNamed.replace("{name}", customer.firstName) : say.thanks}</h1>
          </div>
        </div>
        <div class="panel confirmed">
          <h2>${say.confirmed}</h2>
          <p>${isPending(order) ? say.updates : say.confirmedLead}</p>
        </div>
        ${extensionPlace(context, {
          target: "purchase.thank-you.block.render",
          language,
          signInUrl: signInUrl(exchange),
          signals: {
            orderConfirmation: {
              order: { id: order.id.replace("/Order/", "/OrderIdentity/") },
              number: order.confirmationNumber,
              isFirstOrder: isFirst,
            },
            checkoutToken: order.checkoutToken,
          },
        })}${details(order, language)}
        <p class="thanks-links">
          <a class="account-button" href="/account/orders/${digitsOf(order.id)}?token=${order.checkoutToken}"
            >${say.view}</a
          ><a class="account-button ghost" href="/storefront">${say.keepShopping}</a>
        </p>
      </div>
      ${summary(context, order, language)}
    </div>`,
  });
}

export function downloadsPage(exchange: Exchange, context: FacesContext, customer: Customer): Html {
  const language = languageOf(exchange, customer.locale);
  return accountPage(exchange, context, {
    title: words[language].downloads,
    language,
    current: "downloads",
    hasExtension: true,
    main: extensionPlace(context, {
      target: "customer-account.page.render",
      language,
      signInUrl: signInUrl(exchange),
      signals: { authenticationState: "fully_authenticated" },
    }),
  });
}

function signInUrl({ url }: Exchange): string {
  return `/account/sign-in?then=${encodeURIComponent(url.pathname + url.search)}`;
}

function details(order: Order, language: Language): Html {
  const say = words[language];
  return html`<section class="panel details" aria-labelledby="details">
    <h2 id="details">${say.orderDetails}</h2>
    <dl>
      <div>
        <dt>${say.contact}</dt>
        <dd>${order.email ?? "–"}</dd>
      </div>
      <div>
        <dt>${say.payment}</dt>
        <dd>
          ${say.statuses[statusOf(order)]} · ${formatMoney(orderTotals(order).receivedCents, order.currency, language)}
        </dd>
      </div>
    </dl>
  </section>`;
}

function summary({ store }: FacesContext, order: Order, language: Language): Html {
  const say = words[language];
  const money = (cents: number) => formatMoney(cents, order.currency, language);
  return html`<aside class="panel summary" aria-labelledby="summary">
    <h2 id="summary">${say.summary}</h2>
    <ul>
      ${order.lines.map((line) => {
        const product = store.findProduct(line.productId);
        return html`<li>
          ${product ? productArt(product, "thumb") : ""}
          <div>
            <p>${line.title}</p>
            <p class="soft">
              ${line.variantTitle ? `${line.variantTitle} · ` : ""}${say.quantity}
              ${line.currentQuantity}${
                line.currentQuantity < line.quantity ? ` (${line.quantity - line.currentQuantity} ${say.removed})` : ""
              }
            </p>
          </div>
          <p>${money(line.priceCents * line.currentQuantity)}</p>
        </li>`;
      })}
    </ul>
    <p class="summary-total"><span>${say.total}</span><strong>${money(orderTotals(order).currentCents)}</strong></p>
  </aside>`;
}

function isPending(order: Order): boolean {
  return statusOf(order) === "pending";
}

function statusOf({ cancelledAt, financialStatus }: Order) {
  if (cancelledAt) return "canceled";
  if (financialStatus === "voided" || financialStatus === "expired") return "canceled";
  return financialStatus === "paid" || financialStatus === "refunded" || financialStatus === "partially_refunded"
    ? financialStatus
    : "pending";
}

function statusBadge(order: Order, language: Language): Html {
  const status = statusOf(order);
  const tone = status === "paid" ? "good" : status === "pending" ? "warn" : "";
  return html`<span class="badge ${tone}">${words[language].statuses[status]}</span>`;
}
