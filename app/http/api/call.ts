import { z } from "zod";

/** A call of the API: what its route reads and answers by, and what the OpenAPI document says of it. */
export type ApiCall = {
  method: "get" | "post";
  /** As OpenAPI writes it: /api/licenses/{licenseId} */
  path: `/api/${string}`;
  /** Names it in generated clients: activateLicense */
  id: string;
  summary: string;
  description: string;
  tag: "Licensing" | "Back end";
  /** `public`: anyone who knows what to ask for; or the scopes that a bearer token must have. */
  security: "public" | readonly string[];
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodObject;
  /** What it answers when all is well. */
  answer: { status: 200; description: string; schema: z.ZodType };
  /** What it refuses, by status: each code and when. Those of every call (see `commonRefusals`) are not repeated. */
  refusals: Readonly<Record<number, Readonly<Record<string, string>>>>;
};

/** What is wrong, the same for every call. */
export const ApiError = z
  .object({
    error: z.object({
      code: z.string().meta({ description: "Stable; the documented refusals of the call." }),
      message: z.string().meta({ description: "One or more sentences for a person." }),
    }),
  })
  .meta({ id: "Error", description: "What every refusal looks like." });

/** Largest body that is read. */
export const BODY_LIMIT_BYTES = 16 * 1024;

/** What any call may be refused for. */
export function commonRefusals({ body, query, params, security }: ApiCall): ApiCall["refusals"] {
  const refusals: Record<number, Record<string, string>> = {
    405: { method_not_allowed: "The call has another method." },
    429: { throttled: "Too many calls. `Retry-After` says in how many seconds to try again." },
    500: { unavailable: "Something broke on our side, perhaps after the work was done. Try again soon." },
  };
  if (security !== "public") {
    refusals[401] = {
      missing_token: "There is no `Authorization: Bearer` header.",
      unknown_token: "The token is wrong or revoked, or its shop no longer uses the app.",
    };
    refusals[403] = { missing_scope: `The token was not made for this: it needs ${security.join(" and ")}.` };
  }
  if (body) {
    refusals[400] = { bad_json: "The body is not JSON." };
    refusals[413] = { too_large: `The body is larger than ${BODY_LIMIT_BYTES / 1024} KB.` };
  }
  if (body ?? query ?? params) refusals[422] = { bad_request: "A field is missing or wrong; the message says which." };
  return refusals;
}
