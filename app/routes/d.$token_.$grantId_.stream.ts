import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { startStream } from "~/domain/download/start-stream.server";
import { findPage } from "~/domain/page/find-page.server";
import { QUIET_HEADERS, seeOther } from "~/http/page-answer.server";
import { refusalStatus } from "~/http/refusal-status";

/** Where a player gets its source: a redirect or, for the script that renews it, JSON. Counts nothing. */
export async function loader({ request, params: { token = "", grantId = "" } }: LoaderFunctionArgs) {
  const now = new Date();
  const page = await findPage(token, now);
  if (page?.state !== "open") return answer({ error: { code: "not_found" } }, 404);

  const result = await startStream({ shopId: page.shopId, grantId, proof: { orderId: page.order.id }, now });
  if (result.kind === "refused") return answer({ error: { code: result.reason } }, refusalStatus(result.reason));
  const { url, expiresInSeconds } = result;
  const wantsJson = request.headers.get("Accept")?.includes("application/json");
  return wantsJson ? answer({ url, expiresInSeconds }, 200) : seeOther(url);
}

function answer<Body>(body: Body, status: number) {
  return json(body, { status, headers: QUIET_HEADERS });
}
