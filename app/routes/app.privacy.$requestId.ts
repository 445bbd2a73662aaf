import type { LoaderFunctionArgs } from "@remix-run/node";
import { findReport } from "~/domain/compliance/find-report.server";
import { requireShop } from "~/http/require-shop.server";

/** What is held on a customer who asked, as a file to hand over. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const report = await findReport(shop.id, params.requestId ?? "");
  if (report === null) throw new Response("There is no such report.", { status: 404 });

  return new Response(JSON.stringify(report, null, 2), {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="privacy-report-${params.requestId}.json"`,
      "Cache-Control": "no-store",
    },
  });
}
