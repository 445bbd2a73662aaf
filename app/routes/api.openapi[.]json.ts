import { json } from "@remix-run/node";
import { env } from "~/env.server";
import { apiError } from "~/http/api/answer-api.server";
import { apiCalls } from "~/http/api/calls";
import { openApiDocument } from "~/http/api/document";

const document = openApiDocument(apiCalls, env.SHOPIFY_APP_URL);

export function loader() {
  return json(document, {
    headers: { "Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300" },
  });
}

export function action() {
  return apiError(405, "method_not_allowed", "Read the document with GET.", { Allow: "GET, HEAD" });
}
