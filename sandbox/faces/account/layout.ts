import type { FacesContext } from "../context.ts";
import { takeNotice, type Exchange } from "../exchange.ts";
import { html, type Html } from "../html.ts";
import { featherSvg, icon, page } from "../page.ts";
import { languages, signedInCustomer, type Language } from "../visitor.ts";
import { words } from "./words.ts";

type AccountParts = {
  title: string;
  language: Language;
  current?: "orders" | "downloads";
  main: Html;
  hasExtension?: boolean;
};

export function accountPage(
  exchange: Exchange,
  context: FacesContext,
  { title, language, current, main, hasExtension }: AccountParts,
): Html {
  const shop = context.store.shop();
  const customer = signedInCustomer(exchange, context);
  const say = words[language];
  const here = exchange.url.pathname + exchange.url.search;
  const notice = takeNotice(exchange);
  const link = (name: AccountParts["current"], href: string, label: string) =>
    html`<li><a href="${href}" ${name === current ? html` aria-current="page"` : ""}>${label}</a></li>`;

  return page({
    title: `${title} – ${shop.name}`,
    face: "account",
    lang: language,
    style: "account.css",
    scripts: hasExtension ? ["extension-page.js"] : [],
    body: html` <header class="account-header">
        <div class="account-bar">
          <a class="shop-name" href="/storefront">${featherSvg("currentColor")}<span>${shop.name}</span></a>
          <nav aria-label="${shop.name}">
            <ul class="account-links">
              ${customer ? html`${link("orders", "/account", say.orders)}${link("downloads", "/account/downloads", say.downloads)}` : ""}
            </ul>
          </nav>
          <div class="account-tools">
            <form method="post" action="/account/language" class="language">
              <input type="hidden" name="then" value="${here}" /><label
                >${icon("globe")}<span class="visually-hidden">${say.language}</span
                ><select name="language" onchange="this.form.requestSubmit()">
                  ${Object.entries(languages).map(
                    ([code, label]) =>
                      html`<option value="${code}" lang="${code}" ${code === language ? html` selected` : ""}>
                        ${label}
                      </option>`,
                  )}
                </select></label
              ><noscript><button>OK</button></noscript>
            </form>
            ${
              customer
                ? html`<form method="post" action="/account/sign-out">
                    <button class="plain" title="${customer.email}">${icon("exit")}<span>${say.signOut}</span></button>
                  </form>`
                : html`<a class="plain" href="/account/sign-in?then=${encodeURIComponent(here)}"
                    >${icon("person")}<span>${say.signIn}</span></a
                  >`
            }
          </div>
        </div>
      </header>
      <main id="content" class="account-main">
        ${notice ? html`<p class="notice" role="status">${notice}</p>` : ""}${main}
      </main>
      <div class="toasts" id="toasts" role="status" aria-live="polite"></div>`,
  });
}
