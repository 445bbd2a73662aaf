import { digitsOf } from "../../store/identifiers.ts";
import type { FacesContext } from "../context.ts";
import { FaceRefusal, readForm, redirect, sendJson, sendPage, type Exchange } from "../exchange.ts";
import { appFrame } from "./app-frame.ts";
import { orderPage, ordersPage } from "./order-pages.ts";
import { changeOrder } from "./order-changes.ts";
import { pickableProduct } from "./pickable.ts";
import { createProduct, productPage, productsPage, setStock } from "./product-pages.ts";
import { APP_HOME } from "./shell.ts";

/** Answers below `/admin`. @returns false when there is no such page */
export async function answerAdmin(exchange: Exchange, context: FacesContext): Promise<boolean> {
  const { url, method } = exchange;
  const { store } = context;
  const path = url.pathname.replace(/\/$/, "");
  const [, , section, id, verb] = path.split("/");

  if (method === "GET") {
    if (path === "/admin") redirect(exchange, APP_HOME);
    else if (path === APP_HOME || path.startsWith(`${APP_HOME}/`)) sendPage(exchange, appFrame(exchange, context));
    else if (path === "/admin/orders") sendPage(exchange, ordersPage(exchange, context));
    else if (section === "orders" && id) sendPage(exchange, orderPage(exchange, context, knownOrder(context, id)));
    else if (path === "/admin/products") sendPage(exchange, productsPage(exchange, context));
    else if (path === "/admin/products.json") sendJson(exchange, store.products().map(pickableProduct));
    else if (section === "products" && id)
      sendPage(exchange, productPage(exchange, context, knownProduct(context, id)));
    else if (path === "/admin/scopes.json") sendJson(exchange, store.shop().grantedScopes);
    else return false;
    return true;
  }

  if (path === "/admin/id-token") {
    sendJson(exchange, { token: store.mintToken({ kind: "admin" }) });
    return true;
  }
  if (path === "/admin/products") {
    redirect(exchange, `/admin/products/${digitsOf(createProduct(exchange, context, await readForm(exchange)).id)}`);
    return true;
  }
  if (section === "products" && id && verb === "stock") {
    setStock(exchange, context, await readForm(exchange));
    redirect(exchange, `/admin/products/${id}`);
    return true;
  }
  if (section === "orders" && id && verb) {
    const order = knownOrder(context, id);
    const isKnown = await changeOrder(exchange, context, order, verb, await readForm(exchange));
    if (isKnown) redirect(exchange, `/admin/orders/${digitsOf(order.id)}`);
    return isKnown;
  }
  return false;
}

function knownOrder({ store }: FacesContext, id: string) {
  const order = store.findOrder(id);
  if (!order) throw new FaceRefusal(404, "There is no such order.");
  return order;
}

function knownProduct({ store }: FacesContext, id: string) {
  const product = store.findProduct(id);
  if (!product) throw new FaceRefusal(404, "There is no such product.");
  return product;
}
