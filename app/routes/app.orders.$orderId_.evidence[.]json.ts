import type { LoaderFunctionArgs } from "@remix-run/node";
import { gatherEvidence } from "~/domain/evidence/gather-evidence.server";
import { requireShop } from "~/http/require-shop.server";
import { notFound, uuidParam } from "~/http/uuid-param";

/** What was delivered of an order, to answer a payment dispute with: for programs. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const evidence = await gatherEvidence(shop.id, uuidParam(params, "orderId"), new Date());
  if (!evidence) throw notFound();

  return new Response(JSON.stringify(evidence, null, 2), {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": 'attachment; filename="evidence.json"',
      "Cache-Control": "no-store",
    },
  });
}
