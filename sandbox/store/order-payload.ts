import { numberOf } from "./identifiers.ts";
import { inShopTime } from "./moments.ts";
import type { Customer, Fulfillment, Order, OrderLine, Refund, Shop, Transaction } from "./model.ts";
import { amountFrom } from "./money.ts";
import { fulfillableQuantity, fulfillmentStatus } from "./order-book.ts";
import { orderTotals } from "./order-totals.ts";

/** The order as `orders/*` webhooks carry it, API version 2026-07. */
export function orderPayload(order: Order, shop: Shop, customer: Customer | null) {
  const totals = orderTotals(order);
  const at = (moment: string) => inShopTime(moment, shop.timeZone);
  const money = (cents: number) => moneySet(cents, order.currency);
  const shown = shop.protectedCustomerData;
  const shipTo = order.lines.some((line) => line.requiresShipping) ? addressPayload(shop, customer) : null;

  return {
    id: numberOf(order.id),
    admin_graphql_api_id: order.id,
    app_id: null,
    browser_ip: shown ? order.clientIp : null,
    buyer_accepts_marketing: false,
    cancel_reason: order.cancelReason,
    cancelled_at: order.cancelledAt && at(order.cancelledAt),
    cart_token: order.cartToken,
    checkout_token: order.checkoutToken,
    client_details: null,
    closed_at: order.closedAt && at(order.closedAt),
    confirmation_number: order.confirmationNumber,
    confirmed: true,
    ...(shown && { contact_email: order.email }),
    created_at: at(order.createdAt),
    currency: order.currency,
    current_shipping_price_set: money(0),
    current_subtotal_price: amountFrom(totals.currentCents),
    current_subtotal_price_set: money(totals.currentCents),
    current_total_additional_fees_set: null,
    current_total_discounts: "0.00",
    current_total_discounts_set: money(0),
    current_total_duties_set: null,
    current_total_price: amountFrom(totals.currentCents),
    current_total_price_set: money(totals.currentCents),
    current_total_tax: "0.00",
    current_total_tax_set: money(0),
    customer_locale: order.locale,
    device_id: null,
    discount_codes: [],
    duties_included: false,
    ...(shown && { email: order.email ?? "" }),
    estimated_taxes: false,
    financial_status: order.financialStatus,
    fulfillment_status: fulfillmentStatus(order),
    landing_site: "/",
    landing_site_ref: null,
    location_id: null,
    merchant_business_entity_id: "MTU0ODM4MDAwOQ",
    merchant_of_record_app_id: null,
    name: order.name,
    note: order.note,
    note_attributes: order.attributes,
    number: order.number - 1000,
    order_number: order.number,
    ...(shown && { order_status_url: order.statusPageUrl }),
    original_total_additional_fees_set: null,
    original_total_duties_set: null,
    payment_gateway_names: [...new Set(order.transactions.map((transaction) => transaction.gateway))],
    ...(shown && { phone: order.phone }),
    po_number: null,
    presentment_currency: order.currency,
    processed_at: at(order.processedAt),
    reference: null,
    referring_site: "",
    source_identifier: null,
    source_name: order.sourceName,
    source_url: null,
    subtotal_price: amountFrom(totals.totalCents),
    subtotal_price_set: money(totals.totalCents),
    tags: order.tags.join(", "),
    tax_exempt: false,
    tax_lines: [],
    taxes_included: false,
    test: false,
    token: order.token,
    total_cash_rounding_payment_adjustment_set: money(0),
    total_cash_rounding_refund_adjustment_set: money(0),
    total_discounts: "0.00",
    total_discounts_set: money(0),
    total_line_items_price: amountFrom(totals.totalCents),
    total_line_items_price_set: money(totals.totalCents),
    total_outstanding: amountFrom(totals.outstandingCents),
    total_price: amountFrom(totals.totalCents),
    total_price_set: money(totals.totalCents),
    total_shipping_price_set: money(0),
    total_tax: "0.00",
    total_tax_set: money(0),
    total_tip_received: "0.00",
    total_weight: 0,
    updated_at: at(order.updatedAt),
    user_id: null,
    ...(shown && { billing_address: shipTo }),
    customer: customer && customerPayload(customer, shop),
    discount_applications: [],
    fulfillments: order.fulfillments.map((fulfillment) => fulfillmentPayload(fulfillment, order, shop)),
    line_items: order.lines.map((line) => ({
      ...linePayload(line, order.currency),
      attributed_staffs: [],
      current_quantity: line.currentQuantity,
      sales_line_item_group_id: null,
    })),
    payment_terms: null,
    refunds: order.refunds.map((refund) => refundPayload(refund, order, shop)),
    ...(shown && { shipping_address: shipTo }),
    shipping_lines: [],
    returns: [],
    line_item_groups: [],
  };
}

/** `refunds/create` */
export function refundPayload(refund: Refund, order: Order, shop: Shop) {
  const at = inShopTime(refund.createdAt, shop.timeZone);
  const money = (cents: number) => moneySet(cents, order.currency);
  return {
    id: numberOf(refund.id),
    order_id: numberOf(order.id),
    created_at: at,
    note: refund.note,
    user_id: null,
    processed_at: at,
    duties: [],
    total_duties_set: money(0),
    return: null,
    refund_shipping_lines: [],
    restock: false,
    admin_graphql_api_id: refund.id,
    order_adjustments:
      refund.adjustmentCents > 0
        ? [
            {
              id: numberOf(refund.id) + 1,
              order_id: numberOf(order.id),
              refund_id: numberOf(refund.id),
              amount: `-${amountFrom(refund.adjustmentCents)}`,
              tax_amount: "0.00",
              kind: "refund_discrepancy",
              reason: "Refund discrepancy",
              amount_set: moneySet(-refund.adjustmentCents, order.currency),
              tax_amount_set: money(0),
            },
          ]
        : [],
    refund_line_items: refund.lines.flatMap(({ id, lineId, quantity, subtotalCents }) => {
      const line = order.lines.find((candidate) => candidate.id === lineId);
      return line
        ? [
            {
              id: numberOf(id),
              quantity,
              line_item_id: numberOf(lineId),
              location_id: null,
              restock_type: "no_restock",
              subtotal: subtotalCents / 100,
              total_tax: 0,
              subtotal_set: money(subtotalCents),
              total_tax_set: money(0),
              line_item: linePayload(line, order.currency),
            },
          ]
        : [];
    }),
    transactions: order.transactions
      .filter((transaction) => refund.transactionIds.includes(transaction.id))
      .map((transaction) => transactionPayload(transaction, order, shop)),
  };
}

/** `order_transactions/create` */
export function transactionPayload(transaction: Transaction, order: Order, shop: Shop) {
  const at = inShopTime(transaction.createdAt, shop.timeZone);
  const unsettled = { amount: "0.0", currency: order.currency };
  return {
    id: numberOf(transaction.id),
    order_id: numberOf(order.id),
    kind: transaction.kind,
    gateway: transaction.gateway,
    status: transaction.status,
    message: null,
    created_at: at,
    test: false,
    authorization: null,
    location_id: null,
    user_id: null,
    parent_id: transaction.parentId && numberOf(transaction.parentId),
    processed_at: at,
    device_id: null,
    error_code: null,
    source_name: order.sourceName,
    receipt: {},
    amount: amountFrom(transaction.amountCents),
    currency: order.currency,
    payment_id: `${order.name}.${order.transactions.indexOf(transaction) + 1}`,
    total_unsettled_set: { presentment_money: unsettled, shop_money: unsettled },
    manual_payment_gateway: transaction.gateway === "manual",
    amount_rounding: null,
    admin_graphql_api_id: transaction.id,
  };
}

/** `fulfillments/create` */
export function fulfillmentPayload(fulfillment: Fulfillment, order: Order, shop: Shop) {
  const at = inShopTime(fulfillment.createdAt, shop.timeZone);
  return {
    id: numberOf(fulfillment.id),
    order_id: numberOf(order.id),
    status: "success",
    created_at: at,
    service: "manual",
    updated_at: at,
    tracking_company: null,
    shipment_status: null,
    location_id: null,
    origin_address: null,
    ...(shop.protectedCustomerData && { email: order.email ?? "", destination: null }),
    line_items: fulfillment.lines.flatMap(({ lineId, quantity }) => {
      const line = order.lines.find((candidate) => candidate.id === lineId);
      return line ? [{ ...linePayload(line, order.currency), quantity }] : [];
    }),
    tracking_number: null,
    tracking_numbers: [],
    tracking_url: null,
    tracking_urls: [],
    receipt: {},
    name: fulfillment.name,
    admin_graphql_api_id: fulfillment.id,
  };
}

/** `customers/create` and `customers/update`; within an order too. */
export function customerPayload(customer: Customer, shop: Shop) {
  return {
    id: numberOf(customer.id),
    created_at: inShopTime(customer.createdAt, shop.timeZone),
    updated_at: inShopTime(customer.updatedAt, shop.timeZone),
    ...(shop.protectedCustomerData && { first_name: customer.firstName, last_name: customer.lastName }),
    state: "disabled",
    note: null,
    verified_email: true,
    multipass_identifier: null,
    tax_exempt: false,
    ...(shop.protectedCustomerData && { email: customer.email, phone: customer.phone }),
    currency: shop.currency,
    tax_exemptions: [],
    admin_graphql_api_id: customer.id,
    ...(shop.protectedCustomerData && { default_address: null }),
  };
}

function linePayload(line: OrderLine, currency: string) {
  const left = fulfillableQuantity(line);
  return {
    id: numberOf(line.id),
    admin_graphql_api_id: line.id,
    fulfillable_quantity: left,
    fulfillment_service: "manual",
    fulfillment_status: line.fulfilledQuantity === 0 ? null : left === 0 ? "fulfilled" : "partial",
    gift_card: false,
    grams: 0,
    name: line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title,
    price: amountFrom(line.priceCents),
    price_set: moneySet(line.priceCents, currency),
    product_exists: true,
    product_id: numberOf(line.productId),
    properties: [],
    quantity: line.quantity,
    requires_shipping: line.requiresShipping,
    sku: line.sku,
    taxable: true,
    title: line.title,
    total_discount: "0.00",
    total_discount_set: moneySet(0, currency),
    variant_id: numberOf(line.variantId),
    variant_inventory_management: null,
    variant_title: line.variantTitle,
    vendor: line.vendor,
    tax_lines: [],
    duties: [],
    discount_allocations: [],
  };
}

function addressPayload(shop: Shop, customer: Customer | null) {
  const { address1, city, province, provinceCode, zip, country, countryCode } = shop.address;
  return {
    first_name: customer?.firstName ?? null,
    address1,
    phone: null,
    city,
    zip,
    province,
    country,
    last_name: customer?.lastName ?? null,
    address2: null,
    company: null,
    latitude: null,
    longitude: null,
    name: nameOf(customer),
    country_code: countryCode,
    province_code: provinceCode,
  };
}

export function nameOf(customer: Customer | null): string {
  return [customer?.firstName, customer?.lastName].filter(Boolean).join(" ");
}

function moneySet(cents: number, currency: string) {
  const money = { amount: amountFrom(cents), currency_code: currency };
  return { shop_money: money, presentment_money: money };
}
