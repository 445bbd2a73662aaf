import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { findPage } from "~/domain/page/find-page.server";
import { markKeysSeen } from "~/domain/page/mark-keys-seen.server";
import { QUIET_HEADERS, seeOther } from "~/http/page-answer.server";

export function loader({ params: { token = "" } }: LoaderFunctionArgs) {
  return seeOther(`/d/${encodeURIComponent(token)}`);
}

/** The page's script says that a person uses the page: now its keys count as seen. */
export async function action({ params: { token = "" } }: ActionFunctionArgs) {
  const now = new Date();
  const page = await findPage(token, now);
  if (page?.state === "open") await markKeysSeen(page.shopId, [page.order.id], now);

  return new Response(null, { status: 204, headers: QUIET_HEADERS });
}
