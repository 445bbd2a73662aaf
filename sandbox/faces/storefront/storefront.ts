import { digitsOf } from "../../store/identifiers.ts";
import { StoreRefusal, type Order } from "../../store/store.ts";
import { settled } from "../admin/order-changes.ts";
import type { FacesContext } from "../context.ts";
import { leaveNotice, readForm, redirect, sendPage, type Exchange } from "../exchange.ts";
import { knownLanguage, signedInCustomer, signIn } from "../visitor.ts";
import { readCart, wholeUnits, withUnits, writeCart } from "./cart.ts";
import { cartPage, checkoutPage, type CheckoutFields } from "./checkout-pages.ts";
import { catalogPage, productPage } from "./product-pages.ts";

/** Answers below `/storefront`. @returns false when there is no such page */
export async function answerStorefront(exchange: Exchange, context: FacesContext): Promise<boolean> {
  const { url, method } = exchange;
  const path = url.pathname.replace(/\/$/, "");

  if (method === "GET") {
    const product = findByHandle(context, path);
    if (path === "/storefront") sendPage(exchange, catalogPage(exchange, context));
    else if (product) sendPage(exchange, productPage(exchange, context, product));
    else if (path === "/storefront/cart") sendPage(exchange, cartPage(exchange, context));
    else if (path === "/storefront/checkout") {
      if (readCart(exchange, context).length === 0) redirect(exchange, "/storefront/cart");
      else sendPage(exchange, checkoutPage(exchange, context, firstFields(exchange, context), null));
    } else return false;
    return true;
  }

  if (path === "/storefront/cart/add") await addToCart(exchange, context);
  else if (path === "/storefront/cart") await changeCart(exchange, context);
  else if (path === "/storefront/checkout") await checkOut(exchange, context);
  else return false;
  return true;
}

function findByHandle({ store }: FacesContext, path: string) {
  const handle = /^\/storefront\/products\/([^/]+)$/.exec(path)?.[1];
  return handle ? store.products().find((product) => product.handle === decodeURIComponent(handle)) : undefined;
}

async function addToCart(exchange: Exchange, context: FacesContext) {
  const form = await readForm(exchange);
  const found = context.store.findVariant(form.get("variantId") ?? "");
  if (!found) {
    leaveNotice(exchange, "This product is no longer sold.");
    redirect(exchange, "/storefront");
    return;
  }
  const added = { ...found, quantity: wholeUnits(form.get("quantity")) || 1 };
  writeCart(exchange, withUnits(readCart(exchange, context), added));
  redirect(exchange, form.get("then") === "checkout" ? "/storefront/checkout" : "/storefront/cart");
}

async function changeCart(exchange: Exchange, context: FacesContext) {
  const form = await readForm(exchange);
  const removed = form.get("remove");
  const lines = readCart(exchange, context).map((line) => {
    const units = form.get(`units:${digitsOf(line.variant.id)}`);
    return {
      ...line,
      quantity: removed === digitsOf(line.variant.id) ? 0 : units === null ? line.quantity : wholeUnits(units),
    };
  });
  writeCart(exchange, lines);
  redirect(exchange, "/storefront/cart");
}

async function checkOut(exchange: Exchange, context: FacesContext) {
  const fields = fieldsFrom(await readForm(exchange));
  const lines = readCart(exchange, context);
  if (lines.length === 0) return redirect(exchange, "/storefront/cart");
  if (!/^[^@\s]+@[^@\s]+$/.test(fields.email)) {
    return sendPage(
      exchange,
      checkoutPage(exchange, context, fields, "Enter an email address: your downloads are sent there."),
      422,
    );
  }
  try {
    const order = await placeOrder(context, fields, lines);
    writeCart(exchange, []);
    const customer = order.customerId ? context.store.findCustomer(order.customerId) : null;
    if (fields.signsIn && customer) signIn(exchange, customer);
    redirect(exchange, `/account/orders/${digitsOf(order.id)}/thank-you?token=${order.checkoutToken}`);
  } catch (error) {
    if (!(error instanceof StoreRefusal)) throw error;
    sendPage(exchange, checkoutPage(exchange, context, fields, error.message), error.status);
  }
}

async function placeOrder(
  { store }: FacesContext,
  fields: CheckoutFields,
  lines: ReturnType<typeof readCart>,
): Promise<Order> {
  const [firstName = "", ...others] = fields.name.trim().split(/\s+/);
  const lastName = others.join(" ");
  const { order, webhooks } = store.placeOrder({
    email: fields.email,
    customer: { email: fields.email, ...(firstName && { firstName }), ...(lastName && { lastName }) },
    locale: fields.language,
    sourceName: "web",
    financialStatus: fields.paysNow ? "paid" : "pending",
    lines: lines.map(({ variant, quantity }) => ({ variantId: variant.id, quantity })),
  });
  await settled(webhooks);
  return order;
}

function firstFields(exchange: Exchange, context: FacesContext): CheckoutFields {
  const customer = signedInCustomer(exchange, context);
  return {
    email: customer?.email ?? "",
    name: [customer?.firstName, customer?.lastName].filter(Boolean).join(" "),
    language: knownLanguage(exchange.cookies.language) ?? knownLanguage(customer?.locale) ?? "en",
    paysNow: true,
    signsIn: customer !== null,
  };
}

function fieldsFrom(form: URLSearchParams): CheckoutFields {
  return {
    email: form.get("email")?.trim() ?? "",
    name: form.get("name") ?? "",
    language: knownLanguage(form.get("language")) ?? "en",
    paysNow: form.get("payment") !== "later",
    signsIn: form.get("who") === "account",
  };
}
