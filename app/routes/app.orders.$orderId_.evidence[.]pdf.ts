import type { LoaderFunctionArgs } from "@remix-run/node";
import { drawEvidence } from "~/domain/evidence/draw-evidence.server";
import { gatherEvidence } from "~/domain/evidence/gather-evidence.server";
import { requireShop } from "~/http/require-shop.server";
import { notFound, uuidParam } from "~/http/uuid-param";

/** What was delivered of an order, to answer a payment dispute with: for a person at the bank. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const evidence = await gatherEvidence(shop.id, uuidParam(params, "orderId"), new Date());
  if (!evidence) throw notFound();

  return new Response(await drawEvidence(evidence), {
    headers: {
      "Content-Type": "application/pdf",
      "Content-Disposition": 'attachment; filename="evidence.pdf"',
      "Cache-Control": "no-store",
    },
  });
}
