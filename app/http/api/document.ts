import { z } from "zod";
import { ApiError, commonRefusals, type ApiCall } from "./call";

type Json = { [key: string]: unknown };

/**
 * The OpenAPI 3.1 document of the calls, made from the schemas that they read and answer by.
 *
 * @param serverUrl  where they are answered
 */
export function openApiDocument(calls: readonly ApiCall[], serverUrl: string) {
  const schemas: Json = {};
  const schemaOf = (schema: z.ZodType, io: "input" | "output") => hoist(z.toJSONSchema(schema, { io }), schemas);
  const error = schemaOf(ApiError, "output");

  const paths: Record<string, Json> = {};
  for (const call of calls) {
    const path = (paths[call.path] ??= {});
    path[call.method] = operationOf(call, schemaOf, error);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Featherpost",
      version: "1",
      summary: "Check and manage the license keys that a shop has sold.",
      description:
        'Every answer is JSON. Refusals are `{"error":{"code","message"}}`: `code` is stable, `message` is for people. ' +
        "Keys travel only in bodies, never in addresses. Any origin may call; no cookie is read.",
    },
    servers: [{ url: serverUrl }],
    tags: [
      { name: "Licensing", description: "Called by the software that was sold. Needs a license key and no token." },
      { name: "Back end", description: "Called by the merchant's own software, with a token made in the settings." },
    ],
    paths,
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "A token made in Featherpost's settings." },
      },
      schemas,
    },
  };
}

function operationOf(call: ApiCall, schemaOf: (schema: z.ZodType, io: "input" | "output") => Json, error: Json): Json {
  const { answer } = call;
  return {
    operationId: call.id,
    summary: call.summary,
    description: call.description,
    tags: [call.tag],
    security: call.security === "public" ? [] : [{ token: [] }],
    ...(call.security !== "public" && { "x-scopes": call.security }),
    ...((call.params ?? call.query) && {
      parameters: [...parametersOf(call.params, "path", schemaOf), ...parametersOf(call.query, "query", schemaOf)],
    }),
    ...(call.body && {
      requestBody: { required: true, content: { "application/json": { schema: schemaOf(call.body, "input") } } },
    }),
    responses: {
      [answer.status]: {
        description: answer.description,
        content: { "application/json": { schema: schemaOf(answer.schema, "output") } },
      },
      ...refusalsOf(call, error),
    },
  };
}

function refusalsOf(call: ApiCall, schema: Json): Json {
  const common = commonRefusals(call);
  const statuses = [...new Set([...Object.keys(common), ...Object.keys(call.refusals)])].map(Number);

  return Object.fromEntries(
    statuses.map((status) => {
      const codes = { ...common[status], ...call.refusals[status] };
      const description = Object.entries(codes).map(([code, when]) => `- \`${code}\`: ${when}`);
      const headers = status === 429 && {
        "Retry-After": { description: "Seconds.", required: true, schema: { type: "integer", minimum: 1 } },
      };
      return [
        status,
        {
          description: description.join("\n"),
          ...(headers && { headers }),
          content: { "application/json": { schema } },
        },
      ];
    }),
  );
}

function parametersOf(
  schema: z.ZodObject | undefined,
  place: "path" | "query",
  schemaOf: (schema: z.ZodType, io: "input" | "output") => Json,
): Json[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => {
    const { description, ...shape } = schemaOf(field as z.ZodType, "input");
    const required = place === "path" || !(field as z.ZodType).safeParse(undefined).success;
    return { name, in: place, required, ...(description !== undefined && { description }), schema: shape };
  });
}

/** Moves the schemas that have an id to where OpenAPI keeps them, and points there. */
function hoist(schema: Json, schemas: Json): Json {
  const { $schema: _, $defs: defs = {}, id, ...own } = schema;
  for (const [name, part] of Object.entries(defs as Record<string, Json>)) {
    const { id: __, ...named } = part;
    schemas[name] = pointed(named);
  }
  if (typeof id !== "string") return pointed(own);

  schemas[id] = pointed(own);
  return { $ref: `#/components/schemas/${id}` };
}

function pointed<Part>(part: Part): Part {
  return JSON.parse(JSON.stringify(part).replaceAll('"$ref":"#/$defs/', '"$ref":"#/components/schemas/'));
}
