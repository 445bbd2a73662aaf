import type { Order } from "../../store/store.ts";
import type { FacesContext } from "../context.ts";
import { takeNotice, type Exchange } from "../exchange.ts";
import { html, jsonScript, type Html } from "../html.ts";
import { featherSvg, icon, page } from "../page.ts";

const APP_HANDLE = "featherpost";
export const APP_HOME = `/admin/apps/${APP_HANDLE}`;

type ShellParts = {
  title: string;
  /** which entry of the navigation is shown as current */
  current: "orders" | "products" | "app";
  main: Html;
};

/** The admin around every page: top bar with save bar, navigation, toasts and dialogs. */
export function adminPage(
  exchange: Exchange,
  { store, appUrl }: FacesContext,
  { title, current, main }: ShellParts,
): Html {
  const shop = store.shop();
  const waiting = store.orders().filter((order) => !order.cancelledAt && order.financialStatus === "pending").length;
  const entry = (name: ShellParts["current"], href: string, glyph: string, label: string, note: Html | "" = "") =>
    html`<li>
      <a class="nav-link" href="${href}" ${name === current ? html` aria-current="page"` : ""}
        >${icon(glyph)}<span>${label}</span>${note}</a
      >
    </li>`;

  return page({
    title: `${title} · ${shop.name}`,
    face: "admin",
    style: "admin.css",
    scripts: ["admin.js", "live.js"],
    body: html` <header class="topbar">
        <button class="menu-button" type="button" aria-expanded="false" aria-controls="navigation" aria-label="Menu">
          ${icon("menu")}
        </button>
        <p class="shop-name">${icon("store")}<span>${shop.name}</span></p>
        <div class="save-bar" id="save-bar" role="region" aria-label="Unsaved changes" hidden>
          <p>${icon("alert-circle")}<span>Unsaved changes</span></p>
          <button type="button" class="bar-button" data-save-bar-button="discard">Discard</button>
          <button type="button" class="bar-button bar-primary" data-save-bar-button="save">Save</button>
        </div>
        <p class="owner" aria-hidden="true">${initials(shop.ownerName)}</p>
        <div class="loading-bar" id="loading-bar" hidden></div>
      </header>
      <div class="admin">
        <nav class="sidebar" id="navigation" aria-label="Admin">
          <ul class="nav-list">
            ${entry("orders", "/admin/orders", "order", "Orders", waiting > 0 ? html`<span class="nav-count" title="waiting for payment">${waiting}</span>` : "")}
            ${entry("products", "/admin/products", "product", "Products")}
          </ul>
          <h2 class="nav-heading">Sales channels</h2>
          <ul class="nav-list">
            <li>
              <a class="nav-link" href="/storefront"
                >${icon("store")}<span>Online store</span>${icon("external-small")}</a
              >
            </li>
          </ul>
          <h2 class="nav-heading">Apps</h2>
          <ul class="nav-list">
            <li>
              <a
                class="nav-link"
                href="${APP_HOME}"
                data-app-path="/app"
                ${current === "app" ? html` aria-current="page"` : ""}
                ><span class="app-icon">${featherSvg("#fff")}</span><span>${store.app.name}</span></a
              >
              <ul class="nav-list app-links" id="app-links"></ul>
            </li>
          </ul>
        </nav>
        <button class="nav-shade" type="button" tabindex="-1" aria-label="Close menu" hidden></button>
        ${main}
      </div>
      <div class="toasts" id="toasts" role="status" aria-live="polite"></div>
      <dialog class="dialog" id="leave-dialog" aria-labelledby="leave-heading">
        <h2 id="leave-heading">Leave page with unsaved changes?</h2>
        <p>What you changed on this page is lost when you leave it.</p>
        <form method="dialog" class="dialog-buttons">
          <button class="button" value="stay" autofocus>Stay</button
          ><button class="button critical" value="leave">Leave page</button>
        </form>
      </dialog>
      <dialog class="dialog picker" id="picker" aria-labelledby="picker-heading"></dialog>
      ${jsonScript("admin-settings", {
        appUrl: appUrl.replace(/\/$/, ""),
        appHome: APP_HOME,
        appName: store.app.name,
        shopName: shop.name,
        currency: shop.currency,
        notice: takeNotice(exchange),
      })}`,
  });
}

export function nativeMain(heading: Html, content: Html): Html {
  return html`<main class="main native" id="content"><div class="page">${heading}${content}</div></main>`;
}

export function paymentBadge(order: Order): Html {
  if (order.cancelledAt) return html`<span class="badge">Canceled</span> ${statusBadge(order)}`;
  return statusBadge(order);
}

const statusWords: Record<Order["financialStatus"], [words: string, tone: string]> = {
  pending: ["Payment pending", "warn"],
  authorized: ["Authorized", "warn"],
  partially_paid: ["Partially paid", "warn"],
  paid: ["Paid", "good"],
  partially_refunded: ["Partially refunded", ""],
  refunded: ["Refunded", ""],
  voided: ["Voided", ""],
  expired: ["Expired", "bad"],
};

function statusBadge(order: Order): Html {
  const [words, tone] = statusWords[order.financialStatus];
  return html`<span class="badge ${tone}">${words}</span>`;
}

function initials(name: string): string {
  return name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .join("")
    .slice(0, 2);
}
