import { json, type ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { createUpload, type CreateUploadRefusal } from "~/domain/asset/create-upload.server";
import { jsonError } from "~/http/json-error";
import { readJson } from "~/http/read-json";
import { requireShop } from "~/http/require-shop.server";

const UploadRequest = z.object({
  assetId: z.string().optional(),
  fileName: z.string(),
  contentType: z.string(),
  sizeBytes: z.number(),
  lastModified: z.number().optional(),
});

const refusals: Record<CreateUploadRefusal, { status: number; message: string }> = {
  unknown_asset: { status: 404, message: "The asset this is a new version of no longer exists." },
  bad_name: {
    status: 422,
    message: "The file's name is empty or longer than 1024 characters. Rename it and try again.",
  },
  bad_size: { status: 422, message: "The file's size is not known. Choose the file again." },
  too_large: { status: 422, message: "The file is larger than 5 TB, the most that storage takes." },
  storage_unavailable: { status: 503, message: "Storage does not answer right now." },
};

/** Begins an upload; its parts then go from the browser straight to storage. */
export async function action({ request }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const body = await readJson(request, UploadRequest);
  if (!body.ok) return jsonError(422, "bad_request", body.message);

  const result = await createUpload({ shopId: shop.id, ...body.fields });
  if (result.kind === "refused") {
    const { status, message } = refusals[result.reason];
    return jsonError(status, result.reason, message);
  }
  const { assetId, versionId, partSizeBytes } = result;
  return json({ assetId, versionId, partSizeBytes }, 201);
}
