import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { startStream } from "~/domain/download/start-stream.server";
import { requireProxyVisitor } from "~/http/app-proxy.server";
import { QUIET_HEADERS } from "~/http/page-answer.server";

/** The next source of a player on the storefront's page. Counts nothing. */
export async function loader({ request, params: { grantId = "" } }: LoaderFunctionArgs) {
  const now = new Date();
  const { shop, customerId } = await requireProxyVisitor(request, now);
  const proof = { customerId, checkoutToken: null };
  const result = await startStream({ shopId: shop.id, grantId, proof, now });
  if (result.kind === "started") {
    return json({ url: result.url, expiresInSeconds: result.expiresInSeconds }, { headers: QUIET_HEADERS });
  }
  const status = result.reason === "not_found" ? 404 : 409;
  return json({ error: { code: result.reason } }, { status, headers: QUIET_HEADERS });
}
