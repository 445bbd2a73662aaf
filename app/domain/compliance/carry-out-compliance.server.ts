import { db } from "~/db.server";
import { redactCustomer } from "./redact-customer.server";
import { redactShop } from "./redact-shop.server";
import { reportCustomer } from "./report-customer.server";
import { Subject } from "./subject";

/** Does what a privacy request asks, once; repeating it changes nothing. */
export async function carryOutCompliance(complianceRequestId: string, now: Date): Promise<void> {
  const request = await db.complianceRequest.findUnique({ where: { id: complianceRequestId } });
  if (!request || request.completedAt) return;

  if (request.topic === "shop/redact") return redactShop(request.shopId, now);

  const subject = Subject.parse(request.payload);
  if (request.topic === "customers/redact") await redactCustomer(request.shopId, request.id, subject, now);
  else await reportCustomer(request.shopId, request.id, subject, now);
}
