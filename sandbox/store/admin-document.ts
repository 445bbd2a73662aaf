import {
  FieldsOnCorrectTypeRule,
  GraphQLError,
  KnownArgumentNamesRule,
  Kind,
  parse,
  specifiedRules,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
  type ASTNode,
  type DocumentNode,
  type ValidationContext,
} from "graphql";
import { adminSchema, type Requirement } from "./admin-schema.ts";

/** A query's text, read and checked: `problems` is empty when it may be executed. */
export type AdminDocument = {
  document: DocumentNode | null;
  problems: readonly GraphQLError[];
  /** what every field of it needs, each once */
  requirements: Requirement[];
};

const keptDocuments = 500;
const known = new Map<string, AdminDocument>();

/** Reads and checks a query, once per text. */
export function adminDocument(text: string): AdminDocument {
  const found = known.get(text) ?? read(text);
  known.delete(text);
  known.set(text, found);
  const [oldest] = known.keys();
  if (known.size > keptDocuments && oldest !== undefined) known.delete(oldest);
  return found;
}

function read(text: string): AdminDocument {
  const { schema } = adminSchema();
  try {
    const document = parse(text);
    const problems = validate(schema, document, rules);
    return { document, problems, requirements: problems.length > 0 ? [] : requirementsIn(document) };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return {
      document: null,
      problems: [new GraphQLError(error.message.replace(/^Syntax Error: /, "syntax error, "), error)],
      requirements: [],
    };
  }
}

function requirementsIn(document: DocumentNode): Requirement[] {
  const { schema, requirementsOf, requirementOfType } = adminSchema();
  const found = new Map<string, Requirement>();
  const add = (requirement: Requirement | null) => requirement && found.set(requirement.scopes.join(), requirement);
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field(node) {
        const parent = types.getParentType();
        const returns = types.getType();
        if (!parent || !returns) return;
        requirementsOf(parent.name, node.name.value, returns).forEach(add);
      },
      InlineFragment(node) {
        if (node.typeCondition) add(requirementOfType(node.typeCondition.name.value));
      },
      FragmentDefinition(node) {
        add(requirementOfType(node.typeCondition.name.value));
      },
    }),
  );
  return [...found.values()];
}

/** Shopify's own words for a field that does not exist. */
function fieldsExist(context: ValidationContext) {
  return {
    Field(node: ASTNode, _key: unknown, _parent: unknown, _path: unknown, ancestors: readonly unknown[]) {
      if (node.kind !== Kind.FIELD) return;
      const type = context.getParentType();
      if (!type || context.getFieldDef()) return;
      const fieldName = node.name.value;
      context.reportError(
        new GraphQLError(`Field '${fieldName}' doesn't exist on type '${type.name}'`, {
          nodes: node,
          extensions: {
            path: [...pathOf(ancestors), fieldName],
            code: "undefinedField",
            typeName: type.name,
            fieldName,
          },
        }),
      );
    },
  };
}

/** Shopify's own words for an argument that a field does not take. */
function argumentsExist(context: ValidationContext) {
  return {
    Argument(node: ASTNode, _key: unknown, _parent: unknown, _path: unknown, ancestors: readonly unknown[]) {
      if (node.kind !== Kind.ARGUMENT) return;
      const field = context.getFieldDef();
      if (!field || context.getDirective() || context.getArgument()) return;
      const argumentName = node.name.value;
      context.reportError(
        new GraphQLError(`Field '${field.name}' doesn't accept argument '${argumentName}'`, {
          nodes: node,
          extensions: {
            path: [...pathOf(ancestors), argumentName],
            code: "argumentNotAccepted",
            name: field.name,
            typeName: "Field",
            argumentName,
          },
        }),
      );
    },
  };
}

const replaced = new Set([FieldsOnCorrectTypeRule, KnownArgumentNamesRule]);
const rules = [...specifiedRules.filter((rule) => !replaced.has(rule)), fieldsExist, argumentsExist];

function pathOf(ancestors: readonly unknown[]): string[] {
  return ancestors.flatMap((ancestor) => {
    if (!isNode(ancestor)) return [];
    if (ancestor.kind === Kind.OPERATION_DEFINITION)
      return [[ancestor.operation, ancestor.name?.value].filter(Boolean).join(" ")];
    if (ancestor.kind === Kind.FRAGMENT_DEFINITION) return [`fragment ${ancestor.name.value}`];
    return ancestor.kind === Kind.FIELD ? [ancestor.alias?.value ?? ancestor.name.value] : [];
  });
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === "object" && value !== null && "kind" in value;
}
