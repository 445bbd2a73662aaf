import { keepRejected } from "~/domain/webhook/keep-rejected.server";
import { parseLosslessly } from "~/gateways/shopify/parse-losslessly";
import { validateWebhook } from "~/shopify.server";

const BODY_LIMIT_BYTES = 20 * 1024 * 1024;

export type Webhook = {
  /** name.myshopify.com */
  shopDomain: string;
  /** As Shopify writes it in the configuration: orders/paid */
  topic: string;
  webhookId: string;
  /** When what it tells happened, by Shopify's clock; null: it does not say. */
  triggeredAt: Date | null;
  rawBody: string;
  /** The body as JSON, its ids kept to the digit; undefined when it is not JSON. */
  payload: unknown;
};

/**
 * A webhook whose signature over the raw body is Shopify's.
 *
 * @throws a Response: 405 unless POST, 413 when too large, 400 when a header is missing, 401 when the
 *   signature is wrong.
 */
export async function readWebhook(request: Request): Promise<Webhook> {
  if (request.method !== "POST") throw answer(405, "Webhooks come by POST.");
  if (Number(request.headers.get("content-length") ?? 0) > BODY_LIMIT_BYTES)
    throw answer(413, "The body is too large.");

  const rawBody = Buffer.from(await request.arrayBuffer()).toString(); // text() would drop a leading byte order mark
  const check = await validateWebhook({ rawBody, rawRequest: request });
  if (!check.valid) {
    const isForged = check.reason === "invalid_hmac";
    throw isForged ? answer(401, "The signature is wrong.") : answer(400, `Not a webhook: ${check.reason}.`);
  }
  const topic = request.headers.get("X-Shopify-Topic") ?? check.topic;
  return {
    shopDomain: check.domain,
    topic,
    webhookId: check.webhookId,
    triggeredAt: momentOf(request.headers.get("X-Shopify-Triggered-At")),
    rawBody,
    payload: jsonOf(rawBody),
  };
}

/** Keeps a delivery whose body is not what its topic promises, logs why, and answers 422. */
export async function rejectWebhook(
  { rawBody, shopDomain, topic, webhookId }: Webhook,
  reason: string,
): Promise<Response> {
  console.warn(`Webhook ${topic} ${webhookId} of ${shopDomain} rejected: ${reason}`);
  await keepRejected({ shopDomain, topic, webhookId, reason, body: rawBody });

  return answer(422, reason);
}

function momentOf(text: string | null): Date | null {
  const moment = new Date(text ?? NaN);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

function jsonOf(text: string): unknown {
  try {
    return parseLosslessly(text);
  } catch {
    return undefined;
  }
}

function answer(status: number, message: string): Response {
  return new Response(message, { status, headers: { "Content-Type": "text/plain; charset=utf-8" } });
}
