import { execute, getOperationAST, type GraphQLError, type DocumentNode, type OperationDefinitionNode } from "graphql";
import type { AdminReply, AdminRequest } from "./admin-request.ts";
import { adminDocument } from "./admin-document.ts";
import { resolveField, resolveType } from "./admin-fields/resolve-field.ts";
import type { AdminContext } from "./admin-fields/fields.ts";
import { adminSchema, type Requirement } from "./admin-schema.ts";
import { withImplied } from "./app-config.ts";
import type { Shop } from "./model.ts";
import { CostBucket, mutationCost, requestedCost } from "./query-cost.ts";
import type { Store } from "./store.ts";

const largestCost = 1_000;
const limitsPage = "https://shopify.dev/api/usage/rate-limits";

type Body = { query: string; variables: Record<string, unknown>; operationName: string | null };
type Problem = { message: string; locations?: unknown; path?: unknown; extensions?: unknown };
type Outcome = { data?: unknown; errors: Problem[]; cost: AdminRequest["cost"]; extensions?: Record<string, unknown> };

/** Runs one GraphQL request on Shopify's real schema, with its scopes and its cost. */
export async function runGraphql(
  text: string,
  shop: Shop,
  store: Store,
  buckets: Map<string, CostBucket>,
): Promise<{ reply: AdminReply; entry: AdminRequest }> {
  const bucket = buckets.get(shop.domain) ?? new CostBucket(store.pointsPerSecond);
  buckets.set(shop.domain, bucket);
  const body = bodyOf(text);
  const entry: AdminRequest = {
    at: new Date().toISOString(),
    shop: shop.domain,
    operation: null,
    query: body?.query ?? text,
    variables: body?.variables ?? {},
    scopes: [],
    status: 200,
    errors: [],
    cost: null,
  };
  if (!body) {
    const message = "Required parameter missing or invalid: query";
    return {
      reply: { status: 400, body: { errors: { query: message } } },
      entry: { ...entry, status: 400, errors: [message] },
    };
  }

  const granted = withImplied(shop.grantedScopes);
  const { document, problems, requirements } = adminDocument(body.query);
  const operation = document && getOperationAST(document, body.operationName);
  const outcome = await run();
  return {
    reply: {
      status: 200,
      body: {
        ...(outcome.data !== undefined && { data: outcome.data }),
        ...(outcome.errors.length > 0 && { errors: outcome.errors }),
        ...(outcome.extensions && { extensions: outcome.extensions }),
      },
    },
    entry: {
      ...entry,
      operation: operation?.name?.value ?? null,
      scopes: scopesOf(requirements, granted),
      errors: outcome.errors.map(({ message }) => message),
      cost: outcome.cost,
    },
  };

  async function run(): Promise<Outcome> {
    if (!document || problems.length > 0) return { errors: problems.map(shownProblem), cost: null };
    if (!operation) return { errors: [{ message: "An operation name is required" }], cost: null };

    const requested = requestedCost(document, operation, body?.variables ?? {});
    if (requested > largestCost) return { errors: [tooDear(requested)], cost: { requested, actual: null } };
    const answerCost = (actual: number | null) => ({
      cost: { requestedQueryCost: requested, actualQueryCost: actual, throttleStatus: bucket.status() },
    });
    if (bucket.available() < requested) {
      const errors = [{ message: "Throttled", extensions: { code: "THROTTLED", documentation: limitsPage } }];
      return { errors, cost: { requested, actual: null }, extensions: answerCost(null) };
    }
    return runOperation(document, operation, requested, answerCost);
  }

  async function runOperation(
    schemaDocument: DocumentNode,
    chosen: OperationDefinitionNode,
    requested: number,
    answerCost: (actual: number) => Record<string, unknown>,
  ): Promise<Outcome> {
    const context: AdminContext = { store, shop, granted, spent: { points: 0 }, ignoredSearchFields: new Set() };
    const { data, errors = [] } = await execute({
      schema: adminSchema().schema,
      document: schemaDocument,
      operationName: chosen.name?.value,
      variableValues: body?.variables,
      contextValue: context,
      fieldResolver: resolveField,
      typeResolver: resolveType,
    });
    const spent = context.spent.points + (chosen.operation === "mutation" ? mutationCost : 0);
    const actual = Math.min(requested, Math.max(1, spent));
    bucket.take(actual);
    const warnings = [...context.ignoredSearchFields].map((field) => ({
      field,
      message: "Invalid search field for this query.",
      code: "invalid_field",
    }));
    return {
      data,
      errors: errors.map(shownProblem),
      cost: { requested, actual },
      extensions: { ...answerCost(actual), ...(warnings.length > 0 && { search: [{ query: body?.query, warnings }] }) },
    };
  }
}

function bodyOf(text: string): Body | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || !("query" in value) || typeof value.query !== "string")
      return null;
    const variables =
      "variables" in value && typeof value.variables === "object" && value.variables !== null ? value.variables : {};
    const operationName =
      "operationName" in value && typeof value.operationName === "string" ? value.operationName : null;
    return { query: value.query, variables: variables as Record<string, unknown>, operationName };
  } catch {
    return null;
  }
}

function scopesOf(requirements: Requirement[], granted: ReadonlySet<string>): string[] {
  const used = requirements.map(({ scopes }) => scopes.find((scope) => granted.has(scope)) ?? scopes[0]);
  return [...new Set(used.filter((scope) => scope !== undefined))].sort();
}

/** Shopify puts the path of a field that does not exist beside its message, not into the extensions. */
function shownProblem(error: GraphQLError): Problem {
  const { message, locations, path, extensions } = error.toJSON();
  const { path: staticPath, ...rest } = extensions ?? {};
  const shownPath = path ?? staticPath;
  return {
    message,
    ...(locations !== undefined && { locations }),
    ...(shownPath !== undefined && { path: shownPath }),
    ...(Object.keys(rest).length > 0 && { extensions: rest }),
  };
}

function tooDear(cost: number): Problem {
  return {
    message:
      `Query cost is ${cost}, which exceeds the single query max cost limit (${largestCost}).\n\n` +
      "See https://shopify.dev/concepts/about-apis/rate-limits for more information on how the\ncost of a query is calculated.\n\n" +
      "To query larger amounts of data with fewer limits, bulk operations should be used instead.\n" +
      "See https://shopify.dev/tutorials/perform-bulk-operations-with-admin-api for usage details.\n",
    extensions: { code: "MAX_COST_EXCEEDED", cost, maxCost: largestCost, documentation: limitsPage },
  };
}
