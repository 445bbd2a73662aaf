import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { previewImport } from "~/domain/key-import/preview-import.server";
import { jsonError } from "~/http/json-error";
import { requireShop } from "~/http/require-shop.server";
import { uuidParam } from "~/http/uuid-param";

/** The columns and first rows of an import's file; `?header=yes` or `no` where the person said so. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const said = new URL(request.url).searchParams.get("header");
  const hasHeader = said === null ? undefined : said === "yes";
  const result = await previewImport({ shopId: shop.id, importId: uuidParam(params, "importId"), hasHeader });
  if (result.kind === "preview") return json(result.preview, { headers: { "Cache-Control": "no-store" } });

  if (result.reason === "storage_unavailable") {
    return jsonError(503, result.reason, "Storage does not answer right now. Try again.");
  }
  return jsonError(404, result.reason, "The file of this import cannot be shown any more.");
}
