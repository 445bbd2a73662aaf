import { digitsOf } from "../../store/identifiers.ts";
import { amountFrom } from "../../store/money.ts";
import { orderTotals } from "../../store/order-totals.ts";
import type { Delivery, Order } from "../../store/store.ts";
import type { FacesContext } from "../context.ts";
import type { Exchange } from "../exchange.ts";
import { html, type Html } from "../html.ts";
import { formatMoment, formatMoney, icon } from "../page.ts";
import { productArt } from "../product-art.ts";
import { adminPage, nativeMain, paymentBadge } from "./shell.ts";

export function ordersPage(exchange: Exchange, context: FacesContext): Html {
  const { store } = context;
  const orders = store.orders();
  const nameOf = (order: Order) => customerName(context, order) ?? order.email ?? "No customer";

  const list = html`<div class="card flush" data-live="orders">
    <table class="table stacking">
      <thead>
        <tr>
          <th scope="col">Order</th>
          <th scope="col">Date</th>
          <th scope="col">Customer</th>
          <th scope="col">Payment</th>
          <th scope="col">Items</th>
          <th scope="col" class="number">Total</th>
        </tr>
      </thead>
      <tbody>
        ${orders.map(
          (order) =>
            html`<tr>
              <td><a class="row-link" href="/admin/orders/${digitsOf(order.id)}">${order.name}</a></td>
              <td class="soft">${formatMoment(order.createdAt)}</td>
              <td>${nameOf(order)}</td>
              <td>${paymentBadge(order)}</td>
              <td class="soft">${countUnits(order)}</td>
              <td class="number">${formatMoney(orderTotals(order).currentCents, order.currency)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

  const empty = html`<div class="card empty" data-live="orders">
    <div class="empty-art">${icon("order")}</div>
    <h2>Your orders will show here</h2>
    <p>Buy something as a customer: the order, its webhooks and what the app answered appear on this page.</p>
    <a class="button primary" href="/storefront">Go to the online store</a>
  </div>`;

  return adminPage(exchange, context, {
    title: "Orders",
    current: "orders",
    main: nativeMain(html`<div class="page-heading"><h1>Orders</h1></div>`, orders.length > 0 ? list : empty),
  });
}

export function orderPage(exchange: Exchange, context: FacesContext, order: Order): Html {
  const { store } = context;
  const here = `/admin/orders/${digitsOf(order.id)}`;
  const account = `/account/orders/${digitsOf(order.id)}`;
  const totals = orderTotals(order);
  const money = (cents: number) => formatMoney(cents, order.currency);
  const isOpen = !order.cancelledAt;
  const mayRefund = totals.netCents > 0 || order.lines.some((line) => line.currentQuantity > 0);
  const customer = order.customerId ? store.findCustomer(order.customerId) : null;

  const heading = html`<div class="page-heading">
    <a class="icon-button" href="/admin/orders" aria-label="Orders">${icon("arrow-left")}</a>
    <div class="heading-text">
      <h1>${order.name} ${paymentBadge(order)}</h1>
      <p class="soft">${formatMoment(order.createdAt)} · ${sourceWords(order.sourceName)}</p>
    </div>
    <div class="actions">
      ${isOpen && mayRefund ? html`<button class="button" type="button" data-opens="refund">Refund</button>` : ""}
      ${isOpen ? html`<button class="button" type="button" data-opens="edit">Edit</button><button class="button" type="button" data-opens="cancel">Cancel order</button>` : ""}
      ${isOpen && totals.outstandingCents > 0 ? html`<form method="post" action="${here}/pay"><button class="button primary">Mark as paid</button></form>` : ""}
    </div>
  </div>`;

  const content = html`<div class="columns">
      <div class="column">
        <section class="card" aria-labelledby="items">
          <h2 id="items">Items</h2>
          <ul class="lines">
            ${order.lines.map((line) => {
              const product = store.findProduct(line.productId);
              const isGone = line.currentQuantity < line.quantity;
              return html`<li class="line">
                ${product ? productArt(product, "thumb") : html`<span class="thumb"></span>`}
                <div class="line-text">
                  <a href="/admin/products/${digitsOf(line.productId)}">${line.title}</a
                  >${line.variantTitle ? html`<span class="chip">${line.variantTitle}</span>` : ""}
                  <p class="soft">
                    ${line.sku ? `SKU ${line.sku}` : ""}${isGone ? html` <span class="badge">${line.quantity - line.currentQuantity} of ${line.quantity} removed</span>` : ""}
                  </p>
                </div>
                <p class="line-sum soft">${money(line.priceCents)} × ${line.currentQuantity}</p>
                <p class="line-sum">${money(line.priceCents * line.currentQuantity)}</p>
              </li>`;
            })}
          </ul>
        </section>
        <section class="card" aria-labelledby="payment">
          <h2 id="payment">Payment</h2>
          <dl class="sums">
            <div>
              <dt>Ordered</dt>
              <dd>${money(totals.originalCents)}</dd>
            </div>
            ${
              totals.currentCents === totals.originalCents
                ? ""
                : html`<div>
                    <dt>Now</dt>
                    <dd>${money(totals.currentCents)}</dd>
                  </div>`
            }
            <div>
              <dt>Paid by customer</dt>
              <dd>${money(totals.receivedCents)}</dd>
            </div>
            ${
              totals.refundedCents > 0
                ? html`<div>
                    <dt>Refunded</dt>
                    <dd>−${money(totals.refundedCents)}</dd>
                  </div>`
                : ""
            }
            ${
              totals.outstandingCents > 0
                ? html`<div class="strong">
                    <dt>Still to be paid</dt>
                    <dd>${money(totals.outstandingCents)}</dd>
                  </div>`
                : ""
            }
          </dl>
        </section>
        <section class="card" aria-labelledby="webhooks">
          <h2 id="webhooks">Webhooks</h2>
          <p class="soft">What the store told the app about this order, and what the app answered.</p>
          <div data-live="webhooks">${webhookList(webhooksOf(context, order), here)}</div>
        </section>
      </div>
      <div class="column side">
        <section class="card" aria-labelledby="customer">
          <h2 id="customer">Customer</h2>
          ${customer ? html`<p>${customerName(context, order) ?? "No name"}</p>` : html`<p class="soft">No customer: bought as a guest.</p>`}
          ${order.email ? html`<p><a class="link" href="/inbox?to=${encodeURIComponent(order.email)}">${order.email}</a></p>` : html`<p class="soft">No email address</p>`}
          <p class="soft">Language: ${order.locale}</p>
        </section>
        <section class="card" aria-labelledby="sees">
          <h2 id="sees">What the customer sees</h2>
          <ul class="link-list">
            <li><a class="link" href="${account}?token=${order.checkoutToken}">Order status page</a></li>
            <li><a class="link" href="${account}/thank-you?token=${order.checkoutToken}">Thank-you page</a></li>
            ${order.email ? html`<li><a class="link" href="/inbox?to=${encodeURIComponent(order.email)}">Mails to this address</a></li>` : ""}
          </ul>
        </section>
        <section class="card" aria-labelledby="risk">
          <h2 id="risk">Fraud risk</h2>
          <form method="post" action="${here}/risk" class="inline-form">
            <label class="visually-hidden" for="risk-level">Risk level</label
            ><select class="input" id="risk-level" name="level">
              ${["none", "low", "medium", "high"].map(
                (level) =>
                  html`<option value="${level}" ${level === order.riskLevel ? html` selected` : ""}>
                    ${level.charAt(0).toUpperCase() + level.slice(1)}
                  </option>`,
              )}</select
            ><button class="button">Set</button>
          </form>
        </section>
      </div>
    </div>
    ${isOpen ? html`${refundDialog(order, here)}${editDialog(context, order, here)}${cancelDialog(order, here)}` : ""}`;

  return adminPage(exchange, context, { title: order.name, current: "orders", main: nativeMain(heading, content) });
}

function refundDialog(order: Order, here: string): Html {
  return dialog(
    "refund",
    `Refund ${order.name}`,
    html`<form method="post" action="${here}/refund">
      <div class="dialog-body">
        <p class="soft">Choose the units to take back. Their price is given back, unless you enter another amount.</p>
        <div class="field-list">
          ${order.lines
            .filter((line) => line.currentQuantity > 0)
            .map(
              (line) =>
                html`<label class="field row"
                  ><span>${lineName(line)} <span class="soft">of ${line.currentQuantity}</span></span
                  ><input
                    class="input short"
                    type="number"
                    name="line:${line.id}"
                    min="0"
                    max="${line.currentQuantity}"
                    value="0"
                /></label>`,
            )}
        </div>
        <label class="field"
          ><span>Amount <span class="soft">optional, in ${order.currency}</span></span
          ><input
            class="input"
            name="amount"
            inputmode="decimal"
            pattern="[0-9]+([.][0-9]{1,2})?"
            placeholder="${amountFrom(orderTotals(order).netCents)}"
        /></label>
      </div>
      <div class="dialog-buttons">
        <button class="button" type="button" data-closes>Keep as it is</button
        ><button class="button primary">Refund</button>
      </div>
    </form>`,
  );
}

function editDialog({ store }: FacesContext, order: Order, here: string): Html {
  return dialog(
    "edit",
    `Edit ${order.name}`,
    html`<form method="post" action="${here}/edit">
      <div class="dialog-body">
        <div class="field-list">
          ${order.lines.map(
            (line) =>
              html`<label class="field row"
                ><span>${lineName(line)}</span
                ><input
                  class="input short"
                  type="number"
                  name="line:${line.id}"
                  min="0"
                  max="99"
                  value="${line.currentQuantity}"
              /></label>`,
          )}
        </div>
        <div class="field row">
          <label class="grow"
            ><span class="label">Add a product</span
            ><select class="input" name="variantId">
              <option value="">None</option>
              ${store
                .products()
                .flatMap((product) =>
                  product.variants.map(
                    (variant) =>
                      html`<option value="${variant.id}">
                        ${product.title}${variant.title === "Default Title" ? "" : ` – ${variant.title}`}
                      </option>`,
                  ),
                )}
            </select></label
          ><label
            ><span class="label">Quantity</span
            ><input class="input short" type="number" name="quantity" min="1" max="99" value="1"
          /></label>
        </div>
      </div>
      <div class="dialog-buttons">
        <button class="button" type="button" data-closes>Keep as it is</button
        ><button class="button primary">Update order</button>
      </div>
    </form>`,
  );
}

function cancelDialog(order: Order, here: string): Html {
  return dialog(
    "cancel",
    `Cancel ${order.name}?`,
    html`<form method="post" action="${here}/cancel">
      <div class="dialog-body">
        <p>What was paid is given back to the customer. A canceled order cannot be opened again.</p>
      </div>
      <div class="dialog-buttons">
        <button class="button" type="button" data-closes>Keep order</button
        ><button class="button critical">Cancel order</button>
      </div>
    </form>`,
  );
}

export function dialog(id: string, heading: string, content: Html): Html {
  return html`<dialog class="dialog" id="${id}" aria-labelledby="${id}-heading">
    <h2 id="${id}-heading">${heading}</h2>
    ${content}
  </dialog>`;
}

function webhookList(deliveries: Delivery[], here: string | null): Html {
  if (deliveries.length === 0) return html`<p class="soft quiet">No webhooks yet.</p>`;
  return html`<ul class="webhooks">
    ${deliveries.map(
      (delivery) =>
        html`<li class="webhook">
          <div class="webhook-text">
            <p><span class="mono">${delivery.topic}</span> ${deliveryBadge(delivery)}</p>
            <p class="soft small">${attemptWords(delivery)}</p>
          </div>
          ${
            here === null
              ? ""
              : html`<form method="post" action="${here}/resend">
                  <input type="hidden" name="webhookId" value="${delivery.webhookId}" /><button
                    class="button small"
                    aria-label="Send again: ${delivery.topic}"
                  >
                    Send again
                  </button>
                </form>`
          }
        </li>`,
    )}
  </ul>`;
}

export function deliveryBadge({ state, attempts }: Delivery): Html {
  const last = attempts.at(-1);
  const status = last?.status ?? null;
  if (state === "dropped") return html`<span class="badge bad">dropped on purpose</span>`;
  if (!last) return html`<span class="badge">waiting</span>`;
  if (status === null) return html`<span class="badge bad">no answer</span>`;
  return html`<span class="badge ${status >= 200 && status < 300 ? "good" : "bad"}">${status}</span>`;
}

function attemptWords({ attempts, createdAt, nextAttemptAt }: Delivery): string {
  const last = attempts.at(-1);
  if (!last) return formatMoment(createdAt);
  const again = nextAttemptAt ? ` · next try ${formatMoment(nextAttemptAt)}` : "";
  const tries =
    attempts.length === 1
      ? "1 attempt"
      : `${attempts.length} attempts: ${attempts.map(({ status }) => status ?? "none").join(", ")}`;
  return `${formatMoment(last.at)} · ${tries} · ${Math.round(last.ms)} ms${last.error ? ` · ${last.error}` : ""}${again}`;
}

/** The webhooks whose payload is about this order, newest first. */
function webhooksOf({ store }: FacesContext, order: Order): Delivery[] {
  const number = digitsOf(order.id) ?? "";
  const about = new RegExp(`"(id|order_id)":${number}[,}]`);
  return store
    .deliveries()
    .filter(
      ({ topic, body }) =>
        /^(orders|refunds|fulfillments|order_transactions)\//.test(topic) &&
        (body.includes(order.id) || about.test(body)),
    )
    .slice(0, 40);
}

function customerName({ store }: FacesContext, order: Order): string | null {
  const customer = order.customerId ? store.findCustomer(order.customerId) : null;
  return [customer?.firstName, customer?.lastName].filter(Boolean).join(" ") || null;
}

function lineName(line: Order["lines"][number]): string {
  return line.variantTitle ? `${line.title} – ${line.variantTitle}` : line.title;
}

function countUnits(order: Order): string {
  const units = order.lines.reduce((sum, line) => sum + line.currentQuantity, 0);
  return units === 1 ? "1 item" : `${units} items`;
}

function sourceWords(sourceName: string): string {
  return sourceName === "web" ? "from Online store" : `from ${sourceName}`;
}
