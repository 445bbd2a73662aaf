import { digitsOf } from "../store/identifiers.ts";
import { orderTotals } from "../store/order-totals.ts";
import type { Faults } from "../store/store.ts";
import { deliveryBadge } from "./admin/order-pages.ts";
import { paymentBadge } from "./admin/shell.ts";
import { priceRange } from "./admin/product-pages.ts";
import type { FacesContext } from "./context.ts";
import { leaveNotice, readForm, redirect, sendPage, takeNotice, type Exchange } from "./exchange.ts";
import { html, type Html } from "./html.ts";
import { featherSvg, formatMoment, formatMoney, icon, page } from "./page.ts";
import { productArt } from "./product-art.ts";

type FaultName = keyof Faults;

const faults: Record<FaultName, { label: string; lead: string; on: Faults }> = {
  storage: {
    label: "Storage is down",
    lead: "Every request to object storage gets a 503.",
    on: { storage: { status: 503, rate: 1 } },
  },
  webhooks: {
    label: "Webhooks are lost",
    lead: "Shopify sends none of them, until the app asks by itself.",
    on: { webhooks: { drop: 1 } },
  },
  mail: { label: "Mail is refused", lead: "The mail server turns every message away.", on: { mail: { reject: true } } },
  admin: {
    label: "Shopify's API fails",
    lead: "The Admin API answers 503 to every query.",
    on: { admin: { status: 503, rate: 1 } },
  },
};

/** What each product of the demo shop gives, as the seed attaches it. */
const gives: Record<string, string> = {
  "field-guide": "field-guide.pdf and an external link, 5 downloads",
  "sound-library": "Other files for MP3 than for WAV",
  "synth-pro": "synth-pro.zip, and one license key per copy",
  poster: "Nothing: a thing to be shipped",
};

const doors = [
  {
    href: "/admin",
    glyph: "store",
    label: "Admin",
    lead: "The merchant's side: Featherpost in its frame, with orders and products around it.",
  },
  {
    href: "/storefront",
    glyph: "cart",
    label: "Shop",
    lead: "Buy something, as a guest or signed in, in five languages, paid now or later.",
  },
  {
    href: "/account",
    glyph: "person",
    label: "Account",
    lead: "The customer's side: orders and downloads, drawn by the built extensions.",
  },
  {
    href: "/inbox",
    glyph: "email",
    label: "Inbox",
    lead: "Every mail the app sends, to whatever address. None leaves this machine.",
  },
];

/** Answers `/`. @returns false when there is no such page */
export async function answerHome(exchange: Exchange, context: FacesContext): Promise<boolean> {
  const { url, method } = exchange;
  if (url.pathname === "/" && method === "GET") {
    sendPage(exchange, homePage(exchange, context));
    return true;
  }
  if (url.pathname !== "/faults" || method !== "POST") return false;
  switchFault(exchange, context, await readForm(exchange));
  redirect(exchange, "/#faults");
  return true;
}

function switchFault(exchange: Exchange, { store }: FacesContext, form: URLSearchParams) {
  const name = form.get("fault");
  if (!isFault(name)) {
    store.clearFaults();
    leaveNotice(exchange, "Everything works again.");
    return;
  }
  const { [name]: isOn, ...others } = store.faults();
  store.clearFaults();
  store.setFaults(isOn ? others : { ...others, ...faults[name].on });
  leaveNotice(exchange, isOn ? `Over: ${faults[name].label.toLowerCase()}.` : `${faults[name].label} from now on.`);
}

function isFault(name: string | null): name is FaultName {
  return name !== null && Object.hasOwn(faults, name);
}

function homePage(exchange: Exchange, context: FacesContext): Html {
  const { store } = context;
  const notice = takeNotice(exchange);
  const shop = store.shop();

  return page({
    title: "Featherpost sandbox",
    face: "home",
    style: "home.css",
    scripts: ["live.js"],
    body: html`<main id="content" class="home">
      ${notice ? html`<p class="notice" role="status">${icon("info")}${notice}</p>` : ""}
      <header class="hero">
        <div class="mark">${featherSvg("currentColor")}</div>
        <h1>A whole store, on this machine.</h1>
        <p>
          Featherpost runs here as it would in production, with a stand-in for everything around it: Shopify, object
          storage, a mail server. No account, no internet.
        </p>
      </header>
      <section aria-labelledby="faces">
        <h2 id="faces" class="visually-hidden">Where to look</h2>
        <ul class="doors">
          ${doors.map(
            ({ href, glyph, label, lead }) =>
              html`<li class="door">
                <span class="door-icon">${icon(glyph)}</span>
                <h3><a href="${href}">${label}</a></h3>
                <p>${lead}</p>
              </li>`,
          )}
        </ul>
      </section>
      <div class="home-columns">
        <div>
          <section aria-labelledby="try">
            <h2 id="try">What to try</h2>
            <ol class="steps">
              <li>
                <p>
                  <strong>Upload a file.</strong> <a href="/admin/apps/featherpost/app/assets">Assets</a> takes many
                  files at once, straight to storage; drop the connection halfway and resume.
                </p>
              </li>
              <li>
                <p>
                  <strong>Attach it.</strong> Under <a href="/admin/apps/featherpost/app/products">Products</a>, to a
                  whole product or to one variant.
                </p>
              </li>
              <li>
                <p>
                  <strong>Buy it.</strong> In the <a href="/storefront">shop</a>, as a guest. Pay later first, then mark
                  the order as paid in the <a href="/admin/orders">admin</a>.
                </p>
              </li>
              <li>
                <p>
                  <strong>Download it.</strong> On the thank-you page, in the <a href="/account/downloads">account</a>,
                  and by the link in the <a href="/inbox">mail</a>.
                </p>
              </li>
              <li>
                <p>
                  <strong>Break something.</strong> Turn on a fault, buy again, turn it off: nothing is lost, nothing is
                  given twice.
                </p>
              </li>
            </ol>
          </section>
          <section aria-labelledby="shop">
            <h2 id="shop">In the shop</h2>
            <ul class="stock">
              ${store.products().map(
                (product) =>
                  html`<li>
                    ${productArt(product, "thumb")}
                    <div>
                      <p>
                        <a href="/storefront/products/${product.handle}">${product.title}</a>
                        <span class="soft">${priceRange(product, shop.currency)}</span>
                      </p>
                      <p class="soft">${gives[product.handle] ?? (product.description || "Added here.")}</p>
                    </div>
                  </li>`,
              )}
            </ul>
          </section>
          <section aria-labelledby="facts">
            <h2 id="facts">Facts</h2>
            <dl class="card facts">
              <div>
                <dt>Shop</dt>
                <dd class="mono">${shop.domain}</dd>
              </div>
              <div>
                <dt>App</dt>
                <dd class="mono">${context.appUrl}</dd>
              </div>
              <div>
                <dt>API version</dt>
                <dd class="mono">${store.app.apiVersion}</dd>
              </div>
              <div>
                <dt>Scopes</dt>
                <dd class="mono">${store.app.scopes.join(", ")}</dd>
              </div>
            </dl>
          </section>
        </div>
        <div>
          <section aria-labelledby="faults">
            <h2 id="faults">Make it fail</h2>
            <div class="card" data-live="faults">${faultSwitches(store.faults())}</div>
          </section>
          <section aria-labelledby="lately">
            <h2 id="lately">Lately</h2>
            <div class="card" data-live="lately">${lately(context)}</div>
          </section>
        </div>
      </div>
    </main>`,
  });
}

function faultSwitches(now: Faults): Html {
  const isAnyOn = (Object.keys(faults) as FaultName[]).some((name) => now[name]);
  return html`<ul class="switches">
      ${(Object.entries(faults) as [FaultName, (typeof faults)[FaultName]][]).map(
        ([name, { label, lead }]) =>
          html`<li>
            <form method="post" action="/faults">
              <input type="hidden" name="fault" value="${name}" />
              <div>
                <p id="fault-${name}"><strong>${label}</strong></p>
                <p class="soft">${lead}</p>
              </div>
              <button
                class="switch"
                role="switch"
                aria-checked="${now[name] ? "true" : "false"}"
                aria-labelledby="fault-${name}"
              >
                <span></span>
              </button>
            </form>
          </li>`,
      )}
    </ul>
    <form method="post" action="/faults">
      <button class="reset" name="fault" value="none" ${isAnyOn ? "" : html` disabled`}>
        Everything back to normal
      </button>
    </form>`;
}

function lately({ store }: FacesContext): Html {
  const orders = store.orders().slice(0, 4);
  const deliveries = store.deliveries().slice(0, 5);
  if (orders.length + deliveries.length === 0)
    return html`<p class="soft quiet">Nothing yet. Buy something and it shows here.</p>`;
  return html`<ul class="recent">
      ${orders.map(
        (order) =>
          html`<li>
            <a href="/admin/orders/${digitsOf(order.id)}">${order.name}</a
            ><span class="soft grow">${order.email ?? "no address"}</span
            ><span>${formatMoney(orderTotals(order).currentCents, order.currency)}</span>${paymentBadge(order)}
          </li>`,
      )}
    </ul>
    ${
      deliveries.length === 0
        ? ""
        : html`<h3>Webhooks</h3>
            <ul class="recent">
              ${deliveries.map((delivery) => html`<li><span class="mono">${delivery.topic}</span><span class="soft grow">${formatMoment(delivery.createdAt)}</span>${deliveryBadge(delivery)}</li>`)}
            </ul>`
    }`;
}
