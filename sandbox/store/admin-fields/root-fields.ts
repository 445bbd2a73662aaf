import { GraphQLError } from "graphql";
import { connectionOf } from "../connection.ts";
import { typeOf } from "../identifiers.ts";
import type { Customer, Order, Product, Variant } from "../model.ts";
import { StoreRefusal } from "../refusal.ts";
import { fieldsIn, searchFilter, type Term } from "../search-query.ts";
import { customerMatches, customerSortValue } from "./customer-fields.ts";
import { text, type AdminContext, type Arguments, type Fields } from "./fields.ts";
import { itemOf, setQuantities } from "./inventory-fields.ts";
import { fulfillmentOrderLineId } from "./line-fields.ts";
import { orderSortValue, searchOrders } from "./order-fields.ts";
import { productMatches, productSortValue, variantMatches } from "./product-fields.ts";
import { appId, listSubscriptions, subscriptionsFor } from "./shop-fields.ts";

export const queryFields: Fields<unknown> = {
  shop: (_root, _args, { shop }) => shop,
  product: (_root, args, context) => nodeOf("Product", args.id, context),
  productByHandle: (_root, { handle }, context) => productByHandle(handle, context),
  productByIdentifier: (_root, args, context) => {
    const { id, handle } = identifierOf(args);
    return id !== undefined ? nodeOf("Product", id, context) : productByHandle(handle, context);
  },
  products: (_root, args, context) =>
    connectionOf(
      search(context.store.products(context.shop.domain), args, context, productMatches),
      args,
      productSortValue(args.sortKey),
    ),
  productsCount: (_root, args, context) =>
    count(search(context.store.products(context.shop.domain), args, context, productMatches)),
  productVariant: (_root, args, context) => nodeOf("ProductVariant", args.id, context),
  productVariants: (_root, args, context) =>
    connectionOf(searchVariants(args, context), args, variantSortValue(args.sortKey)),
  productVariantsCount: (_root, args, context) => count(searchVariants(args, context)),
  order: (_root, args, context) => nodeOf("Order", args.id, context),
  orderByIdentifier: (_root, args, context) => nodeOf("Order", identifierOf(args).id, context),
  orders: (_root, args, context) =>
    connectionOf(
      searchOrders(context.store.orders(context.shop.domain), args, context),
      args,
      orderSortValue(args.sortKey),
    ),
  ordersCount: (_root, args, context) => count(searchOrders(context.store.orders(context.shop.domain), args, context)),
  customer: (_root, args, context) => nodeOf("Customer", args.id, context),
  customerByIdentifier: (_root, args, { store, shop }) => {
    const { id, emailAddress, phoneNumber } = identifierOf(args);
    const key = id ?? emailAddress ?? phoneNumber;
    return typeof key === "string" ? store.findCustomer(key, shop.domain) : null;
  },
  customers: (_root, args, context) =>
    connectionOf(
      search(context.store.customers(context.shop.domain), args, context, customerMatches),
      args,
      customerSortValue(args.sortKey),
    ),
  customersCount: (_root, args, context) =>
    count(search(context.store.customers(context.shop.domain), args, context, customerMatches)),
  fulfillmentOrder: (_root, args, context) => nodeOf("FulfillmentOrder", args.id, context),
  inventoryItem: (_root, args, context) => nodeOf("InventoryItem", args.id, context),
  node: (_root, { id }, context) => anyNode(id, context),
  nodes: (_root, { ids }, context) => (Array.isArray(ids) ? ids.map((id: unknown) => anyNode(id, context)) : []),
  app: (_root, { id }) => (id === undefined || id === null || id === appId ? {} : null),
  appByKey: (_root, { apiKey }, { store }) => (apiKey === store.apiKey ? {} : null),
  appInstallation: () => ({}),
  currentAppInstallation: () => ({}),
  webhookSubscriptions: (_root, args, context) => listSubscriptions(args, context),
  webhookSubscription: (_root, { id }, context) =>
    subscriptionsFor(context).find((subscription) => subscription.id === id) ?? null,
  webhookSubscriptionsCount: (_root, _args, context) => count(subscriptionsFor(context)),
  publicApiVersions: (_root, _args, { store }) => [
    { handle: store.app.apiVersion, displayName: `${store.app.apiVersion} (Latest)`, supported: true },
  ],
};

export const mutationFields: Fields<unknown> = {
  fulfillmentCreate: (_root, args, context) => createFulfillment(args, context),
  fulfillmentCreateV2: (_root, args, context) => createFulfillment(args, context),
  inventorySetQuantities: (_root, args, context, info) => setQuantities(args, context, info),
};

type FulfillmentInput = {
  lineItemsByFulfillmentOrder: {
    fulfillmentOrderId: string;
    fulfillmentOrderLineItems?: { id: string; quantity: number }[] | null;
  }[];
};

function createFulfillment(args: Arguments, { store, shop }: AdminContext) {
  const { lineItemsByFulfillmentOrder } = args.fulfillment as FulfillmentInput;
  const [wanted, ...more] = lineItemsByFulfillmentOrder;
  const order = store
    .orders(shop.domain)
    .find((candidate) => candidate.fulfillmentOrderId === wanted?.fulfillmentOrderId);
  const refused = (message: string) => ({ fulfillment: null, userErrors: [{ field: ["fulfillment"], message }] });
  if (!order || more.length > 0) return refused("Fulfillment order does not exist.");

  const lines = wanted?.fulfillmentOrderLineItems?.map(({ id, quantity }) => ({
    lineId: order.lines.find((line) => fulfillmentOrderLineId(line) === id)?.id ?? id,
    quantity,
  }));
  try {
    store.fulfillOrder(order.id, lines?.length ? lines : undefined, shop.domain);
  } catch (error) {
    if (error instanceof StoreRefusal) return refused(error.message);
    throw error;
  }
  return { fulfillment: { ...order.fulfillments.at(-1), order }, userErrors: [] };
}

function anyNode(id: unknown, context: AdminContext): unknown {
  const type = typeof id === "string" ? typeOf(id) : null;
  return nodeOf(type ?? "", id, context);
}

/** @throws GraphQLError when `id` is no gid; a gid of another type or of nothing is null */
function nodeOf(type: string, id: unknown, { store, shop }: AdminContext): unknown {
  if (typeof id !== "string" || !typeOf(id)) {
    throw new GraphQLError(`Invalid global id '${String(id)}'`, {
      extensions: { code: "argumentLiteralsIncompatible" },
    });
  }
  if (typeOf(id) !== type) return null;
  const orders = () => store.orders(shop.domain);
  switch (type) {
    case "Product":
      return store.findProduct(id, shop.domain);
    case "ProductVariant":
      return store.findVariant(id, shop.domain)?.variant ?? null;
    case "InventoryItem": {
      const found = store.findVariant(id, shop.domain);
      return found && itemOf(found.variant);
    }
    case "Order":
      return store.findOrder(id, shop.domain);
    case "Customer":
      return store.findCustomer(id, shop.domain);
    case "Shop":
      return shop.id === id ? shop : null;
    case "App":
      return appId === id ? { id } : null;
    case "FulfillmentOrder": {
      const order = orders().find((candidate) => candidate.fulfillmentOrderId === id);
      return order ? { id, order } : null;
    }
    case "LineItem":
      return partOf(orders(), (order) => order.lines, id);
    case "OrderTransaction":
      return partOf(orders(), (order) => order.transactions, id);
    case "Refund":
      return partOf(orders(), (order) => order.refunds, id);
    case "Fulfillment":
      return partOf(orders(), (order) => order.fulfillments, id);
    default:
      return null;
  }
}

function partOf<Row extends { id: string }>(orders: Order[], rows: (order: Order) => Row[], id: string) {
  for (const order of orders) {
    const row = rows(order).find((candidate) => candidate.id === id);
    if (row) return { ...row, order };
  }
  return null;
}

function productByHandle(handle: unknown, { store, shop }: AdminContext): Product | null {
  return store.products(shop.domain).find((product) => product.handle === handle) ?? null;
}

function identifierOf(args: Arguments): Record<string, unknown> {
  return typeof args.identifier === "object" && args.identifier !== null
    ? (args.identifier as Record<string, unknown>)
    : {};
}

function search<Row extends Product | Customer>(
  rows: Row[],
  args: Arguments,
  context: AdminContext,
  matches: (row: Row, term: Term) => boolean | null,
): Row[] {
  const query = text(args, "query") ?? "";
  const [example] = rows;
  for (const field of example ? fieldsIn(query) : []) {
    if (example && matches(example, { field, comparator: ":", value: "" }) === null)
      context.ignoredSearchFields.add(field);
  }
  return rows.filter(searchFilter(query, matches));
}

function searchVariants(args: Arguments, { store, shop }: AdminContext): Variant[] {
  const all = store
    .products(shop.domain)
    .flatMap((product) => product.variants.map((variant) => ({ product, variant })));
  return all.filter(searchFilter(text(args, "query") ?? "", variantMatches)).map(({ variant }) => variant);
}

function variantSortValue(sortKey: unknown): (variant: Variant) => string | number {
  if (sortKey === "TITLE" || sortKey === "NAME") return (variant) => variant.title.toLowerCase();
  if (sortKey === "SKU") return (variant) => variant.sku.toLowerCase();
  if (sortKey === "POSITION") return (variant) => variant.position;
  return () => 0;
}

function count(rows: unknown[]) {
  return { count: rows.length, precision: "EXACT" };
}
