import { numberOf } from "./identifiers.ts";
import { inShopTime } from "./moments.ts";
import type { Customer, Order, OrderEdit, Product, Shop } from "./model.ts";
import { amountFrom } from "./money.ts";

/** `orders/edited` */
export function orderEditPayload(change: OrderEdit, order: Order, shop: Shop) {
  const at = inShopTime(change.at, shop.timeZone);
  const deltas = (lines: OrderEdit["additions"]) => lines.map(({ lineId, delta }) => ({ id: numberOf(lineId), delta }));
  return {
    order_edit: {
      id: numberOf(change.id),
      app_id: null,
      created_at: at,
      committed_at: at,
      notify_customer: false,
      order_id: numberOf(order.id),
      staff_note: "",
      user_id: null,
      line_items: { additions: deltas(change.additions), removals: deltas(change.removals) },
      discounts: { line_item: { additions: [], removals: [] } },
      shipping_lines: { additions: [], removals: [] },
    },
  };
}

/** `orders/risk_assessment_changed` */
export function riskPayload(order: Order, shop: Shop) {
  return {
    provider_id: null,
    provider_title: null,
    risk_level: order.riskLevel,
    created_at: inShopTime(order.updatedAt, shop.timeZone),
    order_id: numberOf(order.id),
    admin_graphql_api_order_id: order.id,
  };
}

/** `products/create` and `products/update` */
export function productPayload(product: Product, shop: Shop) {
  const at = (moment: string) => inShopTime(moment, shop.timeZone);
  return {
    admin_graphql_api_id: product.id,
    body_html: product.description,
    created_at: at(product.createdAt),
    handle: product.handle,
    id: numberOf(product.id),
    product_type: product.productType,
    published_at: at(product.createdAt),
    template_suffix: null,
    title: product.title,
    updated_at: at(product.updatedAt),
    vendor: product.vendor,
    status: "active",
    published_scope: "web",
    tags: product.tags.join(", "),
    variants: product.variants.map((variant) => ({
      admin_graphql_api_id: variant.id,
      barcode: null,
      compare_at_price: null,
      created_at: at(variant.createdAt),
      id: numberOf(variant.id),
      inventory_policy: "deny",
      position: variant.position,
      price: amountFrom(variant.priceCents),
      product_id: numberOf(product.id),
      sku: variant.sku,
      taxable: true,
      title: variant.title,
      updated_at: at(variant.updatedAt),
      option1: variant.title,
      option2: null,
      option3: null,
      image_id: null,
      inventory_item_id: null,
      inventory_quantity: 0,
      old_inventory_quantity: 0,
    })),
    options: [
      {
        name: product.optionName,
        id: numberOf(product.id) + 50_000_000,
        product_id: numberOf(product.id),
        position: 1,
        values: product.variants.map((variant) => variant.title),
      },
    ],
    images: [],
    image: null,
    media: [],
    variant_gids: product.variants.map((variant) => ({
      admin_graphql_api_id: variant.id,
      updated_at: variant.updatedAt,
    })),
    has_variants_that_requires_components: false,
    category: null,
  };
}

/** `app/uninstalled` and `shop/update` */
export function shopPayload(shop: Shop) {
  const at = (moment: string) => inShopTime(moment, shop.timeZone);
  return {
    id: numberOf(shop.id),
    name: shop.name,
    email: shop.email,
    domain: shop.domain,
    province: shop.address.province,
    country: shop.address.countryCode,
    address1: shop.address.address1,
    zip: shop.address.zip,
    city: shop.address.city,
    source: null,
    phone: shop.phone,
    latitude: null,
    longitude: null,
    primary_locale: shop.locale,
    address2: null,
    created_at: at(shop.createdAt),
    updated_at: at(shop.updatedAt),
    country_code: shop.address.countryCode,
    country_name: shop.address.country,
    currency: shop.currency,
    customer_email: shop.email,
    timezone: "(GMT-05:00) Eastern Time (US & Canada)",
    iana_timezone: shop.timeZone,
    shop_owner: shop.ownerName,
    money_format: "${{amount}}",
    money_with_currency_format: "${{amount}} USD",
    weight_unit: "kg",
    province_code: shop.address.provinceCode,
    plan_display_name: "Development",
    plan_name: "partner_test",
    has_discounts: false,
    has_gift_cards: false,
    myshopify_domain: shop.domain,
    has_storefront: true,
    password_enabled: false,
    enabled_presentment_currencies: [shop.currency],
    taxes_included: false,
    auto_configure_tax_inclusivity: null,
    tax_shipping: false,
    county_taxes: true,
    google_apps_domain: null,
    google_apps_login_enabled: null,
    money_in_emails_format: "${{amount}}",
    money_with_currency_in_emails_format: "${{amount}} USD",
    eligible_for_payments: true,
    requires_extra_payments_agreement: false,
    finances: true,
    primary_location_id: null,
    checkout_api_supported: true,
    multi_location_enabled: false,
    setup_required: false,
    pre_launch_enabled: false,
    marketing_sms_consent_enabled_at_checkout: false,
    transactional_sms_disabled: false,
  };
}

/** `app/scopes_update`; `current` is what the shop has granted now */
export function scopesPayload(shop: Shop, previous: string[]) {
  return {
    id: numberOf(shop.id),
    shop_id: shop.id,
    previous,
    current: shop.grantedScopes,
    updated_at: new Date(shop.updatedAt).toISOString(),
  };
}

/** The three compliance topics. A data request names the orders asked for; an erasure those to redact. */
export function compliancePayload(
  topic: string,
  shop: Shop,
  customer: Customer | null,
  orders: Order[],
  requestId: number,
) {
  const ids = orders.map((order) => numberOf(order.id));
  return {
    shop_id: numberOf(shop.id),
    shop_domain: shop.domain,
    ...(customer && { customer: { id: numberOf(customer.id), email: customer.email, phone: customer.phone } }),
    ...(topic === "customers/redact" && { orders_to_redact: ids }),
    ...(topic === "customers/data_request" && { orders_requested: ids, data_request: { id: requestId } }),
  };
}
