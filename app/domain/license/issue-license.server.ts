import type { Prisma, Pool } from "@prisma/client";
import { v7 as uuid, validate as isUuid } from "uuid";
import { inTransaction, type Tx } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { claimKeyToIssue } from "~/domain/pool/claim-key-to-issue.server";
import { keyEnd } from "./key-end";
import { encryptKey, keyHash } from "./key-text.server";

const DAY_MS = 24 * 60 * 60 * 1000;

export type IssueLicenseInput = {
  shopId: string;
  /** A pool's name or id. */
  pool: string;
  /** The text of a key of the merchant's own; null: one is taken out of the pool. */
  key: string | null;
  email: string | null;
  /** The license's number in the merchant's software: a second license of the same is never made. */
  reference: string | null;
  /** 0: any number of machines; null: as the key or its pool says. */
  activationLimit: number | null;
  /** null: as the key or its pool says. */
  expiresAt: Date | null;
  note: string | null;
  actor: AuditActor;
  now: Date;
};

export type IssueRefusal = "unknown_pool" | "pool_archived" | "pool_empty" | "key_exists";

export type IssueLicenseResult =
  /** Not `isNew`: the license of this reference, which was there already, as it is. */
  { kind: "issued"; licenseId: string; isNew: boolean } | { kind: "refused"; reason: IssueRefusal };

/**
 * Makes a license without an order: takes a key out of a pool for good, or registers a given one.
 *
 * Repeating a call with a reference answers the license that the first one made, however many come at once.
 */
export function issueLicense(input: IssueLicenseInput): Promise<IssueLicenseResult> {
  const { shopId, reference, actor } = input;

  return inTransaction(async (tx) => {
    if (reference !== null) {
      const known = await findByReference(tx, shopId, reference);
      if (known) return { kind: "issued", licenseId: known, isNew: false };
    }
    const pool = await findPool(tx, shopId, input.pool);
    if (!pool) return { kind: "refused", reason: "unknown_pool" };
    if (pool.archivedAt) return { kind: "refused", reason: "pool_archived" };

    const licenseId = input.key === null ? await take(tx, pool, input) : await register(tx, pool, input, input.key);
    if (licenseId === null) return { kind: "refused", reason: input.key === null ? "pool_empty" : "key_exists" };

    const data = { poolId: pool.id, pool: pool.name, reference };
    await recordAudit(tx, { shopId, actor, action: "license_issued", data });
    return { kind: "issued", licenseId, isNew: true };
  });
}

/** Callers with one reference queue here: the second sees what the first made, and takes no key meanwhile. */
async function findByReference(tx: Tx, shopId: string, reference: string): Promise<string | null> {
  await tx.$queryRaw`SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(${`license ${shopId} ${reference}`}, 0))`;
  const known = await tx.poolKey.findFirst({ where: { shopId, reference }, select: { id: true } });
  return known?.id ?? null;
}

function findPool(tx: Tx, shopId: string, named: string): Promise<Pool | null> {
  return tx.pool.findFirst({ where: { shopId, ...(isUuid(named) ? { id: named } : { name: named }) } });
}

async function take(tx: Tx, pool: Pool, input: IssueLicenseInput): Promise<string | null> {
  const { shopId, activationLimit, expiresAt } = input;
  const claimed = await claimKeyToIssue(tx, { shopId, poolId: pool.id });
  if (!claimed) return null;

  await tx.poolKey.update({
    where: { id: claimed.id, shopId },
    data: {
      ...columnsOf(input),
      ...(activationLimit !== null && { activationLimit }),
      expiresAt: expiresAt ?? claimed.expiresAt ?? endBy(pool, input.now),
      ...(input.note !== null && { note: input.note }),
    },
  });
  return claimed.id;
}

async function register(tx: Tx, pool: Pool, input: IssueLicenseInput, text: string): Promise<string | null> {
  const { shopId, activationLimit, note, now } = input;
  if (!pool.hasOtherKeys) await tx.pool.update({ where: { id: pool.id }, data: { hasOtherKeys: true } });
  const [registered] = await tx.poolKey.createManyAndReturn({
    data: [
      {
        id: uuid(),
        shopId,
        poolId: pool.id,
        ciphertext: encryptKey(shopId, text),
        keyHash: keyHash(shopId, text),
        keyEnd: keyEnd(text),
        ...columnsOf(input),
        activationLimit,
        expiresAt: input.expiresAt ?? endBy(pool, now),
        note,
      },
    ],
    skipDuplicates: true,
    select: { id: true },
  });
  return registered?.id ?? null;
}

function columnsOf({ email, reference, now }: IssueLicenseInput) {
  const holderEmail = email?.toLowerCase() ?? null;
  return { state: "granted", issuedAt: now, holderEmail, reference } satisfies Prisma.PoolKeyUncheckedUpdateInput;
}

/** At the pool's fixed end, or so many days from now; a pool has one or the other. */
function endBy({ validDays, validUntil }: Pool, now: Date): Date | null {
  return validUntil ?? (validDays === null ? null : new Date(now.getTime() + validDays * DAY_MS));
}
