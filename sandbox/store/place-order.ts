import { digitsOf, gid } from "./identifiers.ts";
import type { Customer, FinancialStatus, Order, OrderLine, Shop } from "./model.ts";
import { nowToTheSecond } from "./moments.ts";
import { newLine, newOrder } from "./order-book.ts";
import { refuse } from "./refusal.ts";
import type { ShopData } from "./shop-data.ts";
import { refuseOversold } from "./stock.ts";

export type NewLine = {
  variantId: string | number;
  quantity: number;
  sellingPlan?: string | { id?: string; name: string };
};

export type NewOrder = {
  email?: string | null;
  phone?: string | null;
  /** a gid or digits; a person; null or false for an order without a customer; absent: found or made by email or phone */
  customer?:
    string | number | { id?: string | number; email?: string; firstName?: string; lastName?: string } | null | false;
  locale?: string;
  sourceName?: string;
  financialStatus?: FinancialStatus;
  lines: NewLine[];
};

/**
 * Writes down an order, and its customer when new.
 *
 * @throws StoreRefusal when a variant is unknown or has too few units left; nothing was written
 */
export function placeOrder(
  input: NewOrder,
  shop: Shop,
  data: ShopData,
): { order: Order; newCustomer: Customer | null } {
  const lines = linesOf(input.lines, shop, data);
  if (lines.length === 0) refuse(422, "no_lines", "An order needs at least one line.");
  refuseOversold(lines, shop, data);
  const { customer, isNew } = customerOf(input, shop, data);

  const order = newOrder(
    {
      shop: shop.domain,
      shopId: shop.id,
      number: data.nextOrderNumber(shop.domain),
      email: input.email === undefined ? (customer?.email ?? null) : input.email,
      phone: input.phone ?? null,
      customerId: customer?.id ?? null,
      locale: input.locale ?? shop.locale,
      sourceName: input.sourceName ?? "web",
      currency: shop.currency,
      financialStatus: input.financialStatus ?? "paid",
      lines,
    },
    data.nextNumber,
  );
  data.saveOrder(order);
  return { order, newCustomer: isNew ? customer : null };
}

/** Lines as bought or added, with ids of their own. @throws StoreRefusal when a variant is unknown */
export function linesOf(lines: NewLine[], shop: Shop, data: ShopData): OrderLine[] {
  const chosen = lines.map((line) => ({
    ...line,
    ...(data.findVariant(line.variantId, shop.domain) ??
      refuse(422, "unknown_variant", `${shop.domain} sells no variant ${line.variantId}.`)),
  }));
  return chosen.map(({ product, variant, quantity, sellingPlan }) =>
    newLine(
      {
        productId: product.id,
        variantId: variant.id,
        title: product.title,
        variantTitle: variant.title === "Default Title" ? null : variant.title,
        sku: variant.sku,
        vendor: product.vendor,
        priceCents: variant.priceCents,
        quantity,
        requiresShipping: variant.requiresShipping,
        sellingPlan: sellingPlan === undefined ? null : sellingPlanOf(sellingPlan),
      },
      data.nextNumber,
    ),
  );
}

function customerOf(input: NewOrder, shop: Shop, data: ShopData): { customer: Customer | null; isNew: boolean } {
  const { customer: named, email, phone } = input;
  if (named === null || named === false) return { customer: null, isNew: false };

  const person: Person = typeof named === "object" ? { email, phone, ...named } : { email, phone, id: named };
  const key = person.id ?? person.email ?? person.phone;
  if (key === undefined || key === null) return { customer: null, isNew: false };

  const found = data.findCustomer(key, shop.domain);
  if (found) return { customer: found, isNew: false };
  const digits = person.id === undefined ? data.nextNumber() : digitsOf(person.id);
  if (digits === null)
    return refuse(422, "bad_customer", `"${person.id}" is no customer's id: use the gid or its digits.`);
  const now = nowToTheSecond();
  const customer: Customer = {
    id: gid("Customer", digits),
    shop: shop.domain,
    email: person.email ?? null,
    phone: person.phone ?? null,
    firstName: person.firstName ?? null,
    lastName: person.lastName ?? null,
    locale: input.locale ?? shop.locale,
    tags: [],
    createdAt: now,
    updatedAt: now,
  };
  data.saveCustomer(customer);
  return { customer, isNew: true };
}

type Person = {
  id?: string | number;
  email?: string | null;
  phone?: string | null;
  firstName?: string;
  lastName?: string;
};

function sellingPlanOf(plan: string | { id?: string; name: string }) {
  const { id, name } =
    typeof plan === "object"
      ? plan
      : /^(gid:|\d+$)/.test(plan)
        ? { id: plan, name: "Subscription" }
        : { id: "", name: plan };
  return { id: gid("SellingPlan", digitsOf(id ?? "") ?? "6100000000099"), name };
}
