import type { Customer, Order } from "../../store/store.ts";
import type { FacesContext } from "../context.ts";
import {
  FaceRefusal,
  readForm,
  redirect,
  sendAsset,
  sendJson,
  sendPage,
  setCookie,
  type Exchange,
} from "../exchange.ts";
import { html, type Html } from "../html.ts";
import { icon } from "../page.ts";
import { knownLanguage, languageOf, pathBack, signedInCustomer, signIn, signOut } from "../visitor.ts";
import { accountPage } from "./layout.ts";
import { downloadsPage, orderStatusPage, ordersPage, thankYouPage } from "./order-pages.ts";
import { words } from "./words.ts";

/** Answers below `/account`. @returns false when there is no such page */
export async function answerAccount(exchange: Exchange, context: FacesContext): Promise<boolean> {
  const path = exchange.url.pathname.replace(/\/$/, "");
  return exchange.method === "GET" ? showAccount(exchange, context, path) : changeAccount(exchange, context, path);
}

function showAccount(exchange: Exchange, context: FacesContext, path: string): boolean {
  const bundle = /^\/account\/extensions\/([\w-]+)\.js$/.exec(path)?.[1];
  const [, orderId, page] = /^\/account\/orders\/(\d+)(?:\/(thank-you))?$/.exec(path) ?? [];

  if (path === "/account" || path === "/account/orders") forCustomer(exchange, context, ordersPage);
  else if (path === "/account/downloads") forCustomer(exchange, context, downloadsPage);
  else if (path === "/account/sign-in") sendPage(exchange, signInPage(exchange, context, null));
  else if (path === "/account/login") redirect(exchange, signInAddress(exchange.url.searchParams.get("return_url")));
  else if (orderId) showOrder(exchange, context, orderId, page === "thank-you" ? thankYouPage : orderStatusPage);
  else if (bundle) sendBundle(exchange, context, bundle);
  else return false;
  return true;
}

async function changeAccount(exchange: Exchange, context: FacesContext, path: string): Promise<boolean> {
  if (path === "/account/session-token") {
    const customerId = signedInCustomer(exchange, context)?.id ?? null;
    sendJson(exchange, { token: context.store.mintToken({ kind: "customer", customerId }) });
  } else if (path === "/account/sign-in") {
    await startSession(exchange, context, await readForm(exchange));
  } else if (path === "/account/sign-out") {
    signOut(exchange);
    redirect(exchange, "/account/sign-in");
  } else if (path === "/account/language") {
    const form = await readForm(exchange);
    setCookie(exchange, "language", knownLanguage(form.get("language")));
    redirect(exchange, pathBack(form.get("then"), "/account"));
  } else return false;
  return true;
}

/** Where Shopify's own address of a shop's sign-in, `/account/login`, leads here. */
function signInAddress(then: string | null): string {
  return `/account/sign-in?then=${encodeURIComponent(pathBack(then, "/account"))}`;
}

type CustomerPage = (exchange: Exchange, context: FacesContext, customer: Customer) => Html;
type OrderPage = (exchange: Exchange, context: FacesContext, order: Order) => Html;

function forCustomer(exchange: Exchange, context: FacesContext, page: CustomerPage) {
  const customer = signedInCustomer(exchange, context);
  if (customer) sendPage(exchange, page(exchange, context, customer));
  else redirect(exchange, `/account/sign-in?then=${encodeURIComponent(exchange.url.pathname)}`);
}

/** An order is shown to its customer, and to whoever has its checkout token. */
function showOrder(exchange: Exchange, context: FacesContext, orderId: string, page: OrderPage) {
  const order = context.store.findOrder(orderId);
  const customer = signedInCustomer(exchange, context);
  const mayRead =
    order &&
    (exchange.url.searchParams.get("token") === order.checkoutToken || (customer && customer.id === order.customerId));
  if (order && mayRead) return sendPage(exchange, page(exchange, context, order));
  if (customer) throw new FaceRefusal(404, "There is no such order in this account.");
  redirect(exchange, `/account/sign-in?then=${encodeURIComponent(exchange.url.pathname)}`);
}

async function startSession(exchange: Exchange, context: FacesContext, form: URLSearchParams) {
  const email = form.get("email")?.trim() ?? "";
  const customer = email ? context.store.findCustomer(email) : null;
  if (!customer) {
    sendPage(exchange, signInPage(exchange, context, email), 422);
    return;
  }
  signIn(exchange, customer);
  redirect(exchange, pathBack(form.get("then"), "/account"));
}

/** @param refused  the address nobody bought with; null at first */
function signInPage(exchange: Exchange, context: FacesContext, refused: string | null): Html {
  const language = languageOf(exchange);
  const say = words[language];
  const then = pathBack(exchange.url.searchParams.get("then"), "/account");
  const known = context.store.customers().filter((customer) => customer.email !== null);

  return accountPage(exchange, context, {
    title: say.signIn,
    language,
    main: html`<section class="panel sign-in">
      <h1>${say.signIn}</h1>
      <p class="soft">${say.signInLead}</p>
      <form method="post" action="/account/sign-in?then=${encodeURIComponent(then)}">
        <input type="hidden" name="then" value="${then}" />
        <label class="field"
          ><span>${say.email}</span
          ><input
            type="email"
            name="email"
            required
            autocomplete="email"
            value="${refused ?? ""}"
            ${refused === null ? "" : html` aria-invalid="true" aria-describedby="refusal" autofocus`}
        /></label>
        ${refused === null ? "" : html`<p class="refusal" id="refusal" role="alert">${icon("alert-circle")}Nobody has bought with ${refused || "this address"} yet.</p>`}
        <button class="account-button wide">${say.continue}</button>
      </form>
      ${
        known.length === 0
          ? ""
          : html`<ul class="known" aria-label="${say.email}">
              ${known.slice(-6).map(
                (customer) =>
                  html`<li>
                    <form method="post" action="/account/sign-in">
                      <input type="hidden" name="then" value="${then}" /><input
                        type="hidden"
                        name="email"
                        value="${customer.email}"
                      /><button class="chip-button">${customer.email}</button>
                    </form>
                  </li>`,
              )}
            </ul>`
      }
    </section>`,
  });
}

function sendBundle(exchange: Exchange, context: FacesContext, handle: string) {
  const bundle = context.extensionBundles[handle];
  if (!bundle) throw new FaceRefusal(404, `No extension "${handle}" is built.`);
  sendAsset(
    exchange,
    typeof bundle.js === "string" ? bundle.js : Buffer.from(bundle.js),
    "text/javascript; charset=utf-8",
  );
}
