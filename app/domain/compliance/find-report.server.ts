import { validate as isUuid } from "uuid";
import { db } from "~/db.server";

/** What is held on a customer who asked; null when the shop has no such report. */
export async function findReport(shopId: string, complianceRequestId: string) {
  if (!isUuid(complianceRequestId)) return null;

  const request = await db.complianceRequest.findFirst({ where: { id: complianceRequestId, shopId } });
  return request?.report ?? null;
}
