import {
  getNamedType,
  getNullableType,
  GraphQLError,
  isLeafType,
  isListType,
  isNonNullType,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLTypeResolver,
} from "graphql";
import { adminSchema, isConnection, type Requirement } from "../admin-schema.ts";
import { emptyConnection } from "../connection.ts";
import { typeOf } from "../identifiers.ts";
import { connectionCost } from "../query-cost.ts";
import { agreementFields } from "./agreement-fields.ts";
import { customerFields } from "./customer-fields.ts";
import type { AdminContext, Arguments, Fields } from "./fields.ts";
import {
  fulfillmentFields,
  fulfillmentLineFields,
  fulfillmentOrderFields,
  fulfillmentOrderLineFields,
  lineFields,
  refundFields,
  refundLineFields,
  transactionFields,
} from "./line-fields.ts";
import { orderFields } from "./order-fields.ts";
import { inventoryItemFields, inventoryLevelFields } from "./inventory-fields.ts";
import { productFields, variantFields } from "./product-fields.ts";
import { mutationFields, queryFields } from "./root-fields.ts";
import { appFields, appInstallationFields, shopFields, subscriptionFields } from "./shop-fields.ts";

const played: Record<string, Fields<never>> = {
  QueryRoot: queryFields,
  Mutation: mutationFields,
  Shop: shopFields,
  Product: productFields,
  ProductVariant: variantFields,
  InventoryItem: inventoryItemFields,
  InventoryLevel: inventoryLevelFields,
  Customer: customerFields,
  Order: orderFields,
  LineItem: lineFields,
  OrderTransaction: transactionFields,
  Refund: refundFields,
  OrderAgreement: agreementFields,
  OrderEditAgreement: agreementFields,
  RefundAgreement: agreementFields,
  RefundLineItem: refundLineFields,
  Fulfillment: fulfillmentFields,
  FulfillmentLineItem: fulfillmentLineFields,
  FulfillmentOrder: fulfillmentOrderFields,
  FulfillmentOrderLineItem: fulfillmentOrderLineFields,
  App: appFields,
  AppInstallation: appInstallationFields,
  WebhookSubscription: subscriptionFields,
};

/** Fields an app gets as null until it is approved for protected customer data. */
const protectedFields = new Set([
  ...["email", "phone", "billingAddress", "shippingAddress", "displayAddress", "clientIp"].map(
    (field) => `Order.${field}`,
  ),
  ...["email", "phone", "firstName", "lastName", "defaultAddress", "defaultEmailAddress", "defaultPhoneNumber"].map(
    (field) => `Customer.${field}`,
  ),
]);

/**
 * Reads one field of anything: by its own resolver, else by property. What the store has no data for
 * is null, an empty list or an empty connection where the schema allows, and a plain error where not.
 */
export const resolveField: GraphQLFieldResolver<unknown, AdminContext> = (source, args: Arguments, context, info) => {
  const type = info.parentType.name;
  for (const requirement of adminSchema().requirementsOf(type, info.fieldName, info.returnType)) {
    if (!isGranted(requirement, context.granted)) throw accessDenied(info, requirement);
  }
  if (!context.shop.protectedCustomerData && protectedFields.has(`${type}.${info.fieldName}`)) return null;

  const resolve = played[type]?.[info.fieldName];
  const value = resolve ? resolve(source as never, args, context, info) : propertyOf(source, info.fieldName);
  const known = value === undefined ? absent(info) : value;
  context.spent.points += pointsOf(info, known);
  return known;
};

export const resolveType: GraphQLTypeResolver<unknown, AdminContext> = (value, context, info) => {
  const named = propertyOf(value, "__typename");
  const id = propertyOf(value, "id");
  const type = typeof named === "string" ? named : typeof id === "string" ? (typeOf(id) ?? undefined) : undefined;
  const needed = type === undefined ? null : adminSchema().requirementOfType(type);
  if (needed && !isGranted(needed, context.granted)) throw accessDenied(info, needed);
  return type;
};

function isGranted({ scopes }: Requirement, granted: ReadonlySet<string>) {
  return scopes.some((scope) => granted.has(scope));
}

function accessDenied({ fieldName, fieldNodes, path }: GraphQLResolveInfo, { requiredAccess }: Requirement) {
  const steps: (string | number)[] = [];
  for (let step: GraphQLResolveInfo["path"] | undefined = path; step; step = step.prev) steps.unshift(step.key);
  return new GraphQLError(`Access denied for ${fieldName} field. Required access: ${requiredAccess}`, {
    nodes: fieldNodes,
    path: steps,
    extensions: {
      code: "ACCESS_DENIED",
      documentation: "https://shopify.dev/api/usage/access-scopes",
      requiredAccess,
    },
  });
}

function absent(info: GraphQLResolveInfo): unknown {
  const type = getNullableType(info.returnType);
  if (isConnection(getNamedType(type))) return emptyConnection;
  if (!isNonNullType(info.returnType)) return null;
  if (isListType(type)) return [];
  throw new GraphQLError(`The sandbox has no data for ${info.parentType.name}.${info.fieldName}.`, {
    nodes: info.fieldNodes,
    extensions: { code: "NOT_IN_SANDBOX" },
  });
}

function pointsOf(info: GraphQLResolveInfo, value: unknown): number {
  const type = getNamedType(info.returnType);
  if (value === null || isLeafType(type) || type.name === "PageInfo" || type.name.endsWith("Edge")) return 0;
  if (isConnection(type)) return connectionCost;
  // The nodes of a connection are counted here, under `nodes` or under an edge's `node`.
  return Array.isArray(value) ? value.length : 1;
}

function propertyOf(source: unknown, name: string): unknown {
  if (typeof source !== "object" || source === null || !Object.hasOwn(source, name)) return undefined;
  return (source as Record<string, unknown>)[name];
}
