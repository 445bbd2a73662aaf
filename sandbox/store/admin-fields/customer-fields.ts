import { connectionOf } from "../connection.ts";
import { digitsOf } from "../identifiers.ts";
import type { Customer } from "../model.ts";
import { nameOf } from "../order-payload.ts";
import { orderTotals } from "../order-totals.ts";
import { matchesMoment, matchesNumber, matchesText, type Term } from "../search-query.ts";
import { money, type AdminContext, type Fields } from "./fields.ts";
import { orderSortValue, searchOrders } from "./order-fields.ts";
import { withDigits } from "./product-fields.ts";

const ordersOf = (customer: Customer, { store, shop }: AdminContext) =>
  store.orders(shop.domain).filter((order) => order.customerId === customer.id);

export const customerFields: Fields<Customer> = {
  addresses: () => [],
  amountSpent: (customer, _args, context) =>
    money(
      ordersOf(customer, context).reduce((sum, order) => sum + orderTotals(order).netCents, 0),
      context.shop.currency,
    ),
  canDelete: (customer, _args, context) => ordersOf(customer, context).length === 0,
  companyContactProfiles: () => [],
  dataSaleOptOut: () => false,
  defaultAddress: () => null,
  defaultEmailAddress: ({ email }) =>
    email && {
      emailAddress: email,
      marketingState: "NOT_SUBSCRIBED",
      marketingOptInLevel: null,
      openTrackingLevel: "UNKNOWN",
      validFormat: true,
    },
  defaultPhoneNumber: ({ phone }) => phone && { phoneNumber: phone, marketingState: "NOT_SUBSCRIBED" },
  displayName: (customer) => nameOf(customer) || customer.email || customer.phone || "",
  lastOrder: (customer, _args, context) => ordersOf(customer, context)[0] ?? null,
  legacyResourceId: (customer) => digitsOf(customer.id),
  lifetimeDuration: () => "less than a minute",
  numberOfOrders: (customer, _args, context) => String(ordersOf(customer, context).length),
  orders: (customer, args, context) =>
    connectionOf(searchOrders(ordersOf(customer, context), args, context), args, orderSortValue(args.sortKey)),
  productSubscriberStatus: () => "NEVER_SUBSCRIBED",
  state: () => "DISABLED",
  taxExempt: () => false,
  taxExemptions: () => [],
  validEmailAddress: () => true,
  verifiedEmail: () => true,
};

/** @returns null for a field Shopify does not search customers by */
export function customerMatches(customer: Customer, term: Term): boolean | null {
  switch (term.field) {
    case null:
      return [customer.email, customer.phone, customer.firstName, customer.lastName].some((text) =>
        matchesText(text, term),
      );
    case "email":
      return matchesText(customer.email, term);
    case "phone":
      return matchesText(customer.phone, term);
    case "first_name":
      return matchesText(customer.firstName, term);
    case "last_name":
      return matchesText(customer.lastName, term);
    case "tag":
      return customer.tags.some((tag) => matchesText(tag, term));
    case "id":
      return matchesNumber(Number(digitsOf(customer.id)), withDigits(term));
    case "customer_date":
    case "created_at":
      return matchesMoment(customer.createdAt, term);
    case "updated_at":
      return matchesMoment(customer.updatedAt, term);
    default:
      return null;
  }
}

export function customerSortValue(sortKey: unknown): (customer: Customer) => string | number {
  if (sortKey === "NAME") return (customer) => `${customer.lastName ?? ""} ${customer.firstName ?? ""}`.toLowerCase();
  if (sortKey === "CREATED_AT") return (customer) => customer.createdAt;
  if (sortKey === "UPDATED_AT") return (customer) => customer.updatedAt;
  return () => 0;
}
