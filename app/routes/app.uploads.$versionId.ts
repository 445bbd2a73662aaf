import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { cancelUpload, type CancelUploadRefusal } from "~/domain/asset/cancel-upload.server";
import { completeUpload, type CompleteUploadRefusal } from "~/domain/asset/complete-upload.server";
import { listUploadedParts, type ListUploadedPartsRefusal } from "~/domain/asset/list-uploaded-parts.server";
import { jsonError } from "~/http/json-error";
import { requireShop } from "~/http/require-shop.server";

type Refusal = ListUploadedPartsRefusal | CompleteUploadRefusal | CancelUploadRefusal;

const refusals: Record<Refusal, { status: number; message: string }> = {
  unknown_upload: {
    status: 404,
    message: "This upload no longer exists. It was cancelled, or begun more than 7 days ago.",
  },
  already_complete: { status: 409, message: "This upload is finished already." },
  bad_sha256: { status: 422, message: "The file's SHA-256 is missing or misspelt." },
  parts_missing: { status: 409, message: "Some of the file has not arrived yet." },
  upload_gone: { status: 410, message: "Storage has lost what was uploaded. Cancel this upload and begin again." },
  storage_unavailable: { status: 503, message: "Storage does not answer right now." },
};

// Uppy asks for the parts of an upload, and for its completion, as it would ask S3: the answers are S3's XML.

/** The parts that have arrived. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const result = await listUploadedParts({ shopId: shop.id, versionId: params.versionId ?? "" });
  if (result.kind === "refused") return refused(result.reason);

  const parts = result.parts.map(
    ({ partNumber, etag, sizeBytes }) =>
      `<Part><PartNumber>${partNumber}</PartNumber><ETag>${etag.replaceAll('"', "")}</ETag><Size>${sizeBytes}</Size></Part>`,
  );
  return xml(`<ListPartsResult>${parts.join("")}</ListPartsResult>`);
}

/** POST completes the upload, `?sha256=` being the whole file's; DELETE cancels it. */
export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const upload = { shopId: shop.id, versionId: params.versionId ?? "" };

  if (request.method === "DELETE") {
    const result = await cancelUpload(upload);
    return result.kind === "refused" ? refused(result.reason) : new Response(null, { status: 204 });
  }
  if (request.method !== "POST") return jsonError(405, "method_not_allowed", "Complete with POST, cancel with DELETE.");

  const sha256 = new URL(request.url).searchParams.get("sha256") ?? "";
  const result = await completeUpload({ ...upload, sha256, actor: shop.actor, now: new Date() });
  if (result.kind === "refused") return refused(result.reason);

  const { assetId, versionId } = result;
  const location = `<Location>/app/assets/${assetId}</Location><Key>${versionId}</Key>`;
  return xml(`<CompleteMultipartUploadResult>${location}</CompleteMultipartUploadResult>`);
}

function refused(reason: Refusal) {
  const { status, message } = refusals[reason];
  return jsonError(status, reason, message);
}

function xml(body: string) {
  return new Response(body, { headers: { "Content-Type": "application/xml", "Cache-Control": "no-store" } });
}
