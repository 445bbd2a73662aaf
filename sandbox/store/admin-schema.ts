import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import {
  buildClientSchema,
  getNamedType,
  isObjectType,
  isInterfaceType,
  type GraphQLOutputType,
  type GraphQLNamedOutputType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from "graphql";

/** What an app must have been granted, one of `scopes`, in Shopify's own words. */
export type Requirement = { scopes: string[]; requiredAccess: string };

export type AdminSchema = {
  schema: GraphQLSchema;
  /** what reading this field needs: itself and what it returns */
  requirementsOf(typeName: string, fieldName: string, returns: GraphQLOutputType): Requirement[];
  /** what reading an object of this type needs; null: nothing */
  requirementOfType(typeName: string): Requirement | null;
};

type ScopeEntry = { typeName: string; fieldName?: string; requiredAccess: string; offlineScopes: string[] };

let loaded: AdminSchema | null = null;

/** Shopify's Admin schema 2026-07, read from disk at the first call: that takes about a second. */
export function adminSchema(): AdminSchema {
  loaded ??= load();
  return loaded;
}

/** The type of the nodes when `type` is a connection; otherwise the type itself. */
function nodeTypeOf(type: GraphQLOutputType): GraphQLNamedOutputType {
  const named = getNamedType(type);
  if (!isConnection(named)) return named;
  const nodes = isObjectType(named) ? named.getFields().nodes : undefined;
  return nodes ? getNamedType(nodes.type) : named;
}

export function isConnection(type: GraphQLNamedOutputType): boolean {
  return (
    type.name.endsWith("Connection") && (isObjectType(type) || isInterfaceType(type)) && "pageInfo" in type.getFields()
  );
}

function load(): AdminSchema {
  const file = new URL("schema/admin_2026-07.json.gz", import.meta.url);
  const { data, offline_scopes } = JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as {
    data: IntrospectionQuery;
    offline_scopes: { items: ScopeEntry[] };
  };
  const schema = buildClientSchema(data, { assumeValid: true });
  const requirements = new Map<string, Requirement>();
  for (const { typeName, fieldName, requiredAccess, offlineScopes } of offline_scopes.items) {
    if (offlineScopes.length === 0) continue;
    requirements.set(fieldName ? `${typeName}.${fieldName}` : typeName, { scopes: offlineScopes, requiredAccess });
  }
  const ofField = new Map<string, Requirement[]>();
  return {
    schema,
    requirementsOf(typeName, fieldName, returns) {
      const field = `${typeName}.${fieldName}`;
      const seen = ofField.get(field);
      if (seen) return seen;
      const found = [requirements.get(field), requirements.get(nodeTypeOf(returns).name)];
      const needed = found.filter((requirement) => requirement !== undefined);
      ofField.set(field, needed);
      return needed;
    },
    requirementOfType: (typeName) => requirements.get(typeName) ?? null,
  };
}
