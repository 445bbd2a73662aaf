import type { License } from "~/domain/license/read-license.server";

/** What a line of the audit says of a license and one of its machines: never its text. */
export function auditOf({ keyId, orderId, grantId, title, orderName, keyEnd }: License, machine: string | null = null) {
  return { orderId, grantId, data: { keyId, title, order: orderName, keyEnd, machine } };
}
