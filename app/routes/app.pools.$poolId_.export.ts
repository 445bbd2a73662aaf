import { Readable } from "node:stream";
import { createReadableStreamFromReadable, json, type LoaderFunctionArgs } from "@remix-run/node";
import { exportKeys } from "~/domain/pool/export-keys.server";
import { ExportForm } from "~/domain/pool/keys-form";
import { requireShop } from "~/http/require-shop.server";
import { notFound, uuidParam } from "~/http/uuid-param";

/** Keys of a pool as CSV, streamed. Which keys and columns the query says; no key is ever in it. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const query = ExportForm.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!query.success) return json({ error: "Choose keys and columns first." }, 422);

  const { id: shopId, actor } = shop;
  const csv = await exportKeys({ shopId, poolId: uuidParam(params, "poolId"), ...query.data, actor });
  if (!csv) throw notFound();

  return new Response(createReadableStreamFromReadable(Readable.from(csv)), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="keys.csv"',
      "Cache-Control": "no-store",
    },
  });
}
