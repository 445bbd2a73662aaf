import { Prisma } from "@prisma/client";
import { v7 as uuid } from "uuid";
import { db } from "~/db.server";
import { proves, type OrderProof } from "~/domain/order/entitled-order.server";
import { signDownload } from "~/gateways/storage/sign-download.server";
import { storageAnswers } from "~/gateways/storage/storage-answers.server";

const LINK_TTL_SECONDS = 60;

export type DownloadRefusal =
  /** No such grant, or not the caller's, or one of a key. */
  | "not_found"
  | "waiting"
  | "held"
  | "revoked"
  | "expired"
  | "limit_reached"
  /** The file's first version is still being uploaded. */
  | "file_not_ready"
  | "storage_unavailable";

export type StartDownloadResult =
  { kind: "started"; url: string; expiresInSeconds: number } | { kind: "refused"; reason: DownloadRefusal };

export type StartDownloadInput = {
  shopId: string;
  grantId: string;
  proof: OrderProof;
  caller: { ip: string | null; userAgent: string | null };
  now: Date;
};

/**
 * Starts one download: counts it and answers a URL that opens the file for `LINK_TTL_SECONDS`.
 *
 * Limit and expiry are checked and the download counted in one statement, so that the limit holds
 * however many arrive at once. The storage is asked first whether it is there: while it is down
 * nothing is counted.
 *
 * @returns `refused` for everything a customer can cause, and for storage that is down; refusals of a
 *   grant that is the caller's are recorded.
 */
export async function startDownload(input: StartDownloadInput): Promise<StartDownloadResult> {
  const { shopId, grantId, proof, now } = input;
  const found = await findThing(shopId, grantId);
  if (!found || !proves(proof, found)) return { kind: "refused", reason: "not_found" };

  const { url: linkUrl, version } = found;
  if (!linkUrl && !version) return refuse(input, "file_not_ready");
  if (version && !(await storageAnswers())) return refuse(input, "storage_unavailable");
  if (!(await count(input, version?.id ?? null))) return refuse(input, await reasonNow(shopId, grantId, now));

  const url = version ? await signDownload({ ...version, ttlSeconds: LINK_TTL_SECONDS }) : (linkUrl ?? "");
  return { kind: "started", url, expiresInSeconds: LINK_TTL_SECONDS };
}

type Thing = {
  customerId: string | null;
  checkoutTokenHash: Uint8Array<ArrayBuffer> | null;
  /** Where a link leads; null for a file. */
  url: string | null;
  /** The file's newest version; null for a link. */
  version: { id: string; storageKey: string; fileName: string; contentType: string } | null;
};

/** What a grant gives and what proves the right to it, in one statement; null when it gives no asset. */
async function findThing(shopId: string, grantId: string): Promise<Thing | null> {
  const [thing] = await db.$queryRaw<Thing[]>`
    SELECT o."customerId", o."checkoutTokenHash", a."url",
      CASE WHEN v."id" IS NOT NULL THEN jsonb_build_object(
        'id', v."id", 'storageKey', v."storageKey", 'fileName', v."fileName", 'contentType', v."contentType") END AS version
    FROM "Grant" g
    JOIN "Order" o ON o."id" = g."orderId"
    JOIN "Asset" a ON a."id" = g."assetId"
    LEFT JOIN "AssetVersion" v ON v."id" = a."currentVersionId"
    WHERE g."id" = ${grantId}::uuid AND g."shopId" = ${shopId}::uuid`;
  return thing ?? null;
}

/** Counts the download and records it, unless the grant allows no more; true when it was counted. */
async function count({ shopId, grantId, caller, now }: StartDownloadInput, versionId: string | null): Promise<boolean> {
  const counted = await db.$executeRaw`
    WITH counted AS (
      UPDATE "Grant" SET "used" = "used" + 1
      WHERE "id" = ${grantId}::uuid AND "shopId" = ${shopId}::uuid AND "state" = 'active'
        AND ("expiresAt" IS NULL OR "expiresAt" > ${now})
        AND ("downloadLimit" IS NULL OR "used" < "downloadLimit")
      RETURNING "id"
    )
    INSERT INTO "Download" ("id", "shopId", "grantId", "versionId", "at", "ip", "userAgent", "outcome")
    SELECT ${uuid()}::uuid, ${shopId}::uuid, "id", ${versionId}::uuid, ${now}, ${caller.ip}, ${caller.userAgent}, 'started'
    FROM counted`;
  return counted === 1;
}

async function reasonNow(shopId: string, grantId: string, now: Date): Promise<DownloadRefusal> {
  const grant = await db.grant.findFirst({ where: { id: grantId, shopId } });
  if (!grant) return "not_found";
  if (grant.state !== "active") return grant.state;
  return grant.expiresAt && grant.expiresAt <= now ? "expired" : "limit_reached";
}

async function refuse(
  { shopId, grantId, caller, now }: StartDownloadInput,
  reason: DownloadRefusal,
): Promise<StartDownloadResult> {
  try {
    await db.download.create({ data: { shopId, grantId, at: now, ...caller, outcome: reason } });
  } catch (error) {
    const isGone = error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2003";
    if (!isGone) throw error; // a grant that went away meanwhile has no record to keep
  }
  return { kind: "refused", reason };
}
