import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { signReport } from "~/domain/key-import/sign-report.server";
import { jsonError } from "~/http/json-error";
import { requireShop } from "~/http/require-shop.server";
import { uuidParam } from "~/http/uuid-param";

/** A link to the full report of an import. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const url = await signReport(shop.id, uuidParam(params, "importId"));
  if (!url) return jsonError(404, "no_report", "This import has no report.");

  return json({ url }, { headers: { "Cache-Control": "no-store" } });
}
