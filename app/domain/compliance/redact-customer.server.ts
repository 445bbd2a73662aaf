import { Prisma } from "@prisma/client";
import { inTransaction, type Tx } from "~/db.server";
import { recordAudit } from "~/domain/audit/record.server";
import { addressesOf } from "./addresses-of.server";
import { ordersOf } from "./orders-of.server";
import type { Subject } from "./subject";

/** Blanks what identifies a customer, in one transaction. Orders, grants, licenses and counts stay as they were. */
export function redactCustomer(
  shopId: string,
  complianceRequestId: string,
  subject: Subject,
  now: Date,
): Promise<void> {
  return inTransaction(async (tx) => {
    const orders = await tx.order.findMany({ where: ordersOf(shopId, subject), select: { id: true } });
    const orderIds = orders.map((order) => order.id);
    const addresses = await addressesOf(tx, orderIds, subject);

    await blankLicenses(tx, shopId, orderIds, addresses);
    await tx.order.updateMany({
      where: { shopId, id: { in: orderIds } },
      data: { email: null, customerId: null, checkoutTokenHash: null, redactedAt: now },
    });
    await tx.download.updateMany({
      where: { shopId, grant: { orderId: { in: orderIds } } },
      data: { ip: null, userAgent: null, browserHash: null },
    });
    await closePages(tx, shopId, orderIds);
    await forgetPapers(tx, shopId, subject, addresses);
    const { customerId } = subject;
    if (customerId)
      await tx.customerMerge.deleteMany({ where: { shopId, OR: [{ deletedId: customerId }, { keptId: customerId }] } });
    await tx.complianceRequest.update({
      where: { id: complianceRequestId },
      data: { payload: Prisma.DbNull, completedAt: now },
    });
    await recordAudit(tx, { shopId, actor: "shopify", action: "redacted", data: { orders: orderIds.length } });
  });
}

/**
 * The licenses stay good, and their machines are forgotten with their places: a machine that asks again takes one
 * again. One that the merchant shut out stays so, by its fingerprint alone.
 */
async function blankLicenses(tx: Tx, shopId: string, orderIds: string[], addresses: string[]) {
  const keys = await tx.poolKey.findMany({
    where: {
      shopId,
      OR: [{ grant: { orderId: { in: orderIds } } }, { issuedAt: { not: null }, holderEmail: { in: addresses } }],
    },
    select: { id: true, reference: true, issuedAt: true },
  });
  const keyIds = keys.map(({ id }) => id);
  const ofThese = { shopId, keyId: { in: keyIds } };
  await tx.activation.deleteMany({ where: { ...ofThese, blockedAt: null, suspendedAt: null } });
  await tx.activation.updateMany({ where: ofThese, data: { name: null, ip: null } });

  const issued = keys.filter(({ issuedAt }) => issuedAt !== null);
  const telling = issued.filter(({ reference }) => addresses.some((one) => reference?.toLowerCase().includes(one)));
  await tx.poolKey.updateMany({
    where: { shopId, id: { in: issued.map(({ id }) => id) } },
    data: { holderEmail: null, note: null },
  });
  await tx.poolKey.updateMany({
    where: { shopId, id: { in: telling.map(({ id }) => id) } },
    data: { reference: null },
  });
  await blankAudit(tx, shopId, orderIds, { keyIds, references: telling.flatMap(({ reference }) => reference ?? []) });
}

/** What was done stays; by which machine, from where and with what does not, unless staff did it. */
async function blankAudit(
  tx: Tx,
  shopId: string,
  orderIds: string[],
  { keyIds, references }: { keyIds: string[]; references: string[] },
) {
  await tx.$executeRaw`
    UPDATE "AuditEntry" SET
      "ip" = CASE WHEN "actor" IN ('customer', 'software') THEN NULL ELSE "ip" END,
      "userAgent" = CASE WHEN "actor" IN ('customer', 'software') THEN NULL ELSE "userAgent" END,
      "data" = "data" - 'machine' - CASE WHEN "data"->>'reference' = ANY(${references}::text[]) THEN 'reference' ELSE '' END
    WHERE "shopId" = ${shopId}::uuid
      AND ("orderId" = ANY(${orderIds}::uuid[]) OR "data"->>'keyId' = ANY(${keyIds}::text[])
        OR "data"->>'reference' = ANY(${references}::text[]))`;
}

/** Deliveries stay to be counted; their links open nothing any more, and what is not sent yet has nobody to go to. */
async function closePages(tx: Tx, shopId: string, orderIds: string[]) {
  await tx.$executeRaw`
    UPDATE "Delivery" SET "tokenHash" = sha256(uuid_send(gen_random_uuid())), "tokenCiphertext" = NULL, "problem" = NULL,
      "address" = NULL, "state" = CASE "state" WHEN 'queued' THEN 'unaddressed' ELSE "state" END
    WHERE "shopId" = ${shopId}::uuid AND "orderId" = ANY(${orderIds}::uuid[])`;
}

/** Reports made for the customer, and rejected webhooks that name an address of theirs. */
async function forgetPapers(tx: Tx, shopId: string, { customerId }: Subject, addresses: string[]) {
  await tx.$executeRaw`
    UPDATE "ComplianceRequest" SET "report" = NULL
    WHERE "shopId" = ${shopId}::uuid AND "topic" = 'customers/data_request'
      AND ("report"->'customer'->>'customerId' = ${customerId}
        OR lower("report"->'customer'->>'email') = ANY(${addresses}::text[]))`;
  await tx.$executeRaw`
    DELETE FROM "RejectedWebhook"
    WHERE "shopDomain" = (SELECT "domain" FROM "Shop" WHERE "id" = ${shopId}::uuid)
      AND EXISTS (SELECT 1 FROM unnest(${addresses}::text[]) AS one WHERE strpos(lower("body"), one) > 0)`;
}
