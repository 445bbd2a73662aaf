import { json } from "@remix-run/node";

/**
 * Extensions call from Shopify's own origins, with a bearer token and no cookie: any origin may ask.
 * Without these headers on a refusal too, the extension would see a network error instead of it.
 */
const CORS_HEADERS = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Headers": "Authorization, Content-Type",
  "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
  "Access-Control-Max-Age": "7200",
  "Cache-Control": "no-store",
};

/** A JSON answer that any origin may read and none may keep. */
export function corsJson<Body>(body: Body, status = 200) {
  return json(body, { status, headers: CORS_HEADERS });
}

/** A refusal: its stable code and a sentence for the person who gets it. */
export function corsError(status: number, code: string, message: string) {
  return corsJson({ error: { code, message } }, status);
}

/** Answers the browser's preflight, or else does `work`: whatever breaks in it is answered in words too. */
export async function answerExtension(request: Request, work: () => Promise<Response>): Promise<Response> {
  if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: CORS_HEADERS });
  try {
    return await work();
  } catch (error) {
    if (error instanceof Response) return error;
    console.error(error);
    return corsError(500, "unavailable", "Something went wrong on our side. Nothing was counted: try again soon.");
  }
}
