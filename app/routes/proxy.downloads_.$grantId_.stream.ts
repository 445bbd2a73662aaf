import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { startStream } from "~/domain/download/start-stream.server";
import { requireProxyVisitor } from "~/http/app-proxy.server";
import { refusalStatus } from "~/http/refusal-status";
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
  return json({ error: { code: result.reason } }, { status: refusalStatus(result.reason), headers: QUIET_HEADERS });
}
