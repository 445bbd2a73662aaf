import { json, type ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { createImport, type CreateImportRefusal } from "~/domain/key-import/create-import.server";
import { jsonError } from "~/http/json-error";
import { readJson } from "~/http/read-json";
import { requireShop } from "~/http/require-shop.server";
import { uuidParam } from "~/http/uuid-param";

const ImportRequest = z.object({ fileName: z.string().min(1), sizeBytes: z.number().int() });

const refusals: Record<CreateImportRefusal, { status: number; message: string }> = {
  unknown_pool: { status: 404, message: "This pool no longer exists." },
  empty: { status: 422, message: "This file is empty." },
  too_large: {
    status: 422,
    message: "This file is larger than 200 MB. Split it and import the parts one after the other.",
  },
};

/** Begins an import of keys; its file then goes from the browser straight to storage. */
export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const poolId = uuidParam(params, "poolId");
  const body = await readJson(request, ImportRequest);
  if (!body.ok) return jsonError(422, "bad_request", body.message);

  const result = await createImport({ shopId: shop.id, poolId, actor: shop.actor, now: new Date(), ...body.fields });
  if (result.kind === "refused") {
    const { status, message } = refusals[result.reason];
    return jsonError(status, result.reason, message);
  }
  const { importId, url } = result;
  return json({ importId, url }, { status: 201, headers: { "Cache-Control": "no-store" } });
}
