import { json, type ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { signPart, type SignPartRefusal } from "~/domain/asset/sign-part.server";
import { jsonError } from "~/http/json-error";
import { readJson } from "~/http/read-json";
import { requireShop } from "~/http/require-shop.server";

const PartRequest = z.object({ partNumber: z.number(), md5: z.string() });

const refusals: Record<SignPartRefusal, { status: number; message: string }> = {
  unknown_upload: {
    status: 404,
    message: "This upload no longer exists. It was cancelled, or begun more than 7 days ago.",
  },
  already_complete: { status: 409, message: "This upload is finished already." },
  bad_part_number: { status: 422, message: "The file has no such part." },
  bad_md5: { status: 422, message: "The part's MD5 is missing or misspelt." },
};

/** A URL by which the browser puts one part into storage. */
export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const body = await readJson(request, PartRequest);
  if (!body.ok) return jsonError(422, "bad_request", body.message);

  const result = await signPart({ shopId: shop.id, versionId: params.versionId ?? "", ...body.fields });
  if (result.kind === "refused") {
    const { status, message } = refusals[result.reason];
    return jsonError(status, result.reason, message);
  }
  return json({ url: result.url, headers: result.headers }, { headers: { "Cache-Control": "no-store" } });
}
