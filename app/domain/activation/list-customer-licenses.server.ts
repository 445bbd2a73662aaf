import { db } from "~/db.server";
import { activationLimitOf } from "~/domain/license/license";
import { termsSold } from "~/domain/license/terms-sold.server";
import type { CustomerActivation, CustomerLicense } from "./customer-license";
import { freesLeft, freesSince } from "./frees";
import { fingerprintEnd } from "./machine";

const SHOWN_MACHINES = 50;

type KeyRow = {
  keyId: string;
  grantId: string;
  keyActivationLimit: number | null;
  units: number;
  poolActivationLimit: number | null;
  keyFor: "unit" | "line";
  used: number;
  freesPerMonth: number;
  freedAt: Date[];
};

type MachineRow = Omit<CustomerActivation, "fingerprintEnd"> & { keyId: string; fingerprint: string };

/**
 * The machines of the keys that grants hold, for eyes that may see them.
 *
 * @returns by grant id; a grant without a key is not in it.
 */
export async function listCustomerLicenses(
  shopId: string,
  grantIds: string[],
  now: Date,
): Promise<Map<string, CustomerLicense>> {
  if (grantIds.length === 0) return new Map();

  const keys = await db.$queryRaw<KeyRow[]>`
    SELECT k."id" AS "keyId", k."grantId", k."activationLimit" AS "keyActivationLimit", g."units",
           ${termsSold}, s."freesPerMonth",
           (SELECT count(*)::int FROM "Activation" a WHERE a."keyId" = k."id" AND a."blockedAt" IS NULL) AS "used",
           ARRAY(SELECT e."at" FROM "AuditEntry" e
                 WHERE e."orderId" = g."orderId" AND e."grantId" = g."id" AND e."action" = 'activation_freed'
                   AND e."actor" = 'customer' AND e."at" > ${freesSince(now)}) AS "freedAt"
    FROM "PoolKey" k
    JOIN "Grant" g ON g."id" = k."grantId"
    JOIN "Pool" p ON p."id" = k."poolId"
    JOIN "Shop" s ON s."id" = k."shopId"
    WHERE k."shopId" = ${shopId}::uuid AND k."grantId" = ANY(${grantIds}::uuid[])`;
  const machines = await machinesOf(keys.filter(({ used }) => used > 0).map(({ keyId }) => keyId));

  return new Map(keys.map((key) => [key.grantId, licenseOf(key, machines.get(key.keyId) ?? [], now)]));
}

async function machinesOf(keyIds: string[]): Promise<Map<string, MachineRow[]>> {
  if (keyIds.length === 0) return new Map();
  const rows = await db.$queryRaw<MachineRow[]>`
    SELECT a.* FROM unnest(${keyIds}::uuid[]) AS key (id)
    CROSS JOIN LATERAL (
      SELECT "id", "keyId", "name", "fingerprint", "createdAt", "seenAt", "suspendedAt" IS NOT NULL AS "isPaused"
      FROM "Activation" WHERE "keyId" = key.id AND "blockedAt" IS NULL
      ORDER BY "seenAt" DESC, "id" LIMIT ${SHOWN_MACHINES}
    ) a
    ORDER BY a."createdAt", a."id"`;
  return Map.groupBy(rows, ({ keyId }) => keyId);
}

function licenseOf(key: KeyRow, machines: MachineRow[], now: Date): CustomerLicense {
  const { keyActivationLimit, units, poolActivationLimit, keyFor, used, freedAt, freesPerMonth } = key;
  return {
    activationLimit: activationLimitOf({
      keyActivationLimit,
      grant: { state: "active", expiresAt: null, units },
      pool: { activationLimit: poolActivationLimit, keyFor },
    }),
    used,
    activations: machines.map(({ keyId: _, fingerprint, ...machine }) => {
      return { ...machine, fingerprintEnd: fingerprintEnd(fingerprint) };
    }),
    frees: freesLeft(freedAt, freesPerMonth, now),
  };
}
