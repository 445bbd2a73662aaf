import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { adminSchema, isConnection } from "./admin-schema.ts";

export const mutationCost = 10;
export const connectionCost = 2;

type Variables = Record<string, unknown>;
type Query = { fragments: Map<string, FragmentDefinitionNode>; variables: Variables };

/**
 * What Shopify asks for an operation before it runs: a scalar 0, an object 1, a mutation 10, a
 * connection 2 and its nodes times `first` or `last`.
 */
export function requestedCost(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): number {
  const { schema } = adminSchema();
  const root = schema.getRootType(operation.operation);
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const defaults = Object.fromEntries(
    (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
  const cost = root ? costOf(operation.selectionSet, root, { fragments, variables: { ...defaults, ...variables } }) : 0;
  return operation.operation === "mutation" ? cost + mutationCost : Math.max(1, cost);
}

function costOf(selections: SelectionSetNode, type: GraphQLNamedType, query: Query): number {
  let sum = 0;
  let dearestKind = 0;
  for (const selection of selections.selections) {
    if (selection.kind === Kind.FIELD) {
      sum += fieldCost(selection, type, query);
      continue;
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? query.fragments.get(selection.name.value) : selection;
    if (!fragment) continue;
    const on = fragment.typeCondition ? adminSchema().schema.getType(fragment.typeCondition.name.value) : type;
    const cost = on ? costOf(fragment.selectionSet, on, query) : 0;
    // Of an interface or a union, an object is only one kind: the dearest counts.
    if (isObjectType(type)) sum += cost;
    else dearestKind = Math.max(dearestKind, cost);
  }
  return sum + dearestKind;
}

function fieldCost(node: FieldNode, parent: GraphQLNamedType, query: Query): number {
  if (!node.selectionSet || !(isObjectType(parent) || isInterfaceType(parent))) return 0;
  const field = parent.getFields()[node.name.value];
  if (!field) return 0;

  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return 0;
  const inside = costOf(node.selectionSet, type, query);
  const size = sizeOf(node, query.variables);
  if (isConnection(type)) return connectionCost + (size ?? 1) * inside;
  if (type.name === "PageInfo") return 0;
  // An edge is only the way to its node, which is counted itself.
  if (type.name.endsWith("Edge")) return inside;
  return isList(field.type) ? (size ?? 1) * (1 + inside) : 1 + inside;
}

function sizeOf(node: FieldNode, variables: Variables): number | null {
  const given = node.arguments?.find(({ name }) => ["first", "last", "ids"].includes(name.value));
  const value: unknown = given && valueFromASTUntyped(given.value, variables);
  if (Array.isArray(value)) return value.length;
  return typeof value === "number" ? value : null;
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(getNullableType(type));
}

const secondsToFill = 20;

/** The points a shop gives an app: what 20 seconds restore. Shopify restores 100 a second, and 1000 on its Plus plan. */
export class CostBucket {
  readonly size: number;
  readonly restoredPerSecond: number;
  #available: number;
  #countedAt = Date.now();

  constructor(restoredPerSecond: number) {
    this.restoredPerSecond = restoredPerSecond;
    this.size = restoredPerSecond * secondsToFill;
    this.#available = this.size;
  }

  available(): number {
    const now = Date.now();
    this.#available = Math.min(
      this.size,
      this.#available + (Math.max(0, now - this.#countedAt) / 1000) * this.restoredPerSecond,
    );
    this.#countedAt = now;
    return Math.floor(this.#available);
  }

  take(points: number) {
    this.available();
    this.#available -= points;
  }

  status() {
    return {
      maximumAvailable: this.size,
      currentlyAvailable: Math.max(0, this.available()),
      restoreRate: this.restoredPerSecond,
    };
  }
}
