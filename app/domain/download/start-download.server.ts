import { createHash } from "node:crypto";
import { Prisma } from "@prisma/client";
import { v7 as uuid } from "uuid";
import { db, inTransaction, type Tx } from "~/db.server";
import { signDownload } from "~/gateways/storage/sign-download.server";
import { storageAnswers } from "~/gateways/storage/storage-answers.server";
import { findGranted, type DownloadProof } from "./find-granted.server";
import { checksOf, refusalOf, type GateReason } from "./gate";

const LINK_TTL_SECONDS = 60;

/** For so long the same grant in the same browser is the same download. */
export const SAME_DOWNLOAD_MS = 30 * 60_000;

export type DownloadRefusal =
  | GateReason
  /** No such grant, or not the caller's, or one of a key. */
  | "not_found"
  | "storage_unavailable";

export type StartDownloadResult =
  | { kind: "started"; url: string; expiresInSeconds: number; downloadsLeft: number | null }
  | { kind: "refused"; reason: DownloadRefusal };

export type StartDownloadInput = {
  shopId: string;
  grantId: string;
  proof: DownloadProof;
  caller: { ip: string | null; userAgent: string | null };
  /** Any text that tells the caller's browser from others; null: every call is a download of its own. */
  browser: string | null;
  now: Date;
};

/**
 * Starts one download: counts it and answers a URL that opens the file for `LINK_TTL_SECONDS`.
 *
 * Limit and expiry are checked and the download counted in one statement, so that the limit holds
 * however many arrive at once. Within `SAME_DOWNLOAD_MS` of a counted download the same browser gets the
 * same grant again at no cost, the last of the limit included. The storage is asked first whether it is
 * there: while it is down nothing is counted.
 *
 * @returns `refused` for everything a customer can cause, and for storage that is down; refusals of a
 *   grant that is the caller's are recorded.
 */
export async function startDownload(input: StartDownloadInput): Promise<StartDownloadResult> {
  const { shopId, grantId, proof, now } = input;
  const granted = await findGranted(shopId, grantId, proof);
  if (!granted) return { kind: "refused", reason: "not_found" };

  const reason = refusalOf(checksOf(granted, now));
  if (reason && reason !== "limit_reached") return refuse(input, reason); // the same download again passes the limit
  const { version, url: linkUrl } = granted;
  if (version && !(await storageAnswers())) return refuse(input, "storage_unavailable");
  const counted = await count(input, version?.id ?? null);
  if (!counted) return refuse(input, await reasonNow(input));

  const url = version ? await signDownload({ ...version, ttlSeconds: LINK_TTL_SECONDS }) : (linkUrl ?? "");
  return { kind: "started", url, expiresInSeconds: LINK_TTL_SECONDS, downloadsLeft: counted.left };
}

/** Downloads left after one that was counted, or was the same again; null: unlimited. */
type Counted = { left: number | null };

/** Counts and records the download unless the grant allows no more; null then. */
function count(input: StartDownloadInput, versionId: string | null): Promise<Counted | null> {
  if (input.browser === null) return countOnce(db, input, versionId);

  return inTransaction(async (tx) => {
    // The statement after this one sees what a click of the same browser that held the row before has recorded.
    await tx.$queryRaw`SELECT 1 FROM "Grant" WHERE "id" = ${input.grantId}::uuid FOR UPDATE`;
    return countOnce(tx, input, versionId);
  });
}

async function countOnce(tx: Tx, input: StartDownloadInput, versionId: string | null): Promise<Counted | null> {
  const { shopId, grantId, caller, now } = input;
  const browserHash = browserHashOf(input);
  const [counted] = await tx.$queryRaw<Counted[]>`
    WITH same AS (
      SELECT 1 FROM "Download"
      WHERE "grantId" = ${grantId}::uuid AND "at" > ${new Date(now.getTime() - SAME_DOWNLOAD_MS)}
        AND "browserHash" = ${browserHash}::bytea AND "outcome" = 'started'
      LIMIT 1
    ), allowed AS (
      UPDATE "Grant" SET "used" = "used" + CASE WHEN EXISTS (SELECT 1 FROM same) THEN 0 ELSE 1 END
      WHERE "id" = ${grantId}::uuid AND "shopId" = ${shopId}::uuid AND "state" = 'active'
        AND ("expiresAt" IS NULL OR "expiresAt" > ${now})
        AND ("downloadLimit" IS NULL OR "used" < "downloadLimit" OR EXISTS (SELECT 1 FROM same))
        AND NOT EXISTS (SELECT 1 FROM "Attachment" WHERE "id" = "Grant"."attachmentId" AND "streamOnly")
      RETURNING "id", "downloadLimit" - "used" AS "left"
    )
    INSERT INTO "Download" ("id", "shopId", "grantId", "versionId", "at", "ip", "userAgent", "outcome", "browserHash")
    SELECT ${uuid()}::uuid, ${shopId}::uuid, "id", ${versionId}::uuid, ${now}, ${caller.ip}, ${caller.userAgent},
           CASE WHEN EXISTS (SELECT 1 FROM same) THEN 'repeated' ELSE 'started' END, ${browserHash}::bytea
    FROM allowed
    RETURNING (SELECT GREATEST("left", 0) FROM allowed) AS "left"`;
  return counted ?? null;
}

/** Made with the grant: one browser's downloads are not tied together by it. */
function browserHashOf({ grantId, browser }: StartDownloadInput): Uint8Array<ArrayBuffer> | null {
  if (browser === null) return null;
  return Uint8Array.from(createHash("sha256").update(`${grantId}\n${browser}`).digest());
}

async function reasonNow({ shopId, grantId, proof, now }: StartDownloadInput): Promise<DownloadRefusal> {
  const granted = await findGranted(shopId, grantId, proof);
  return granted ? (refusalOf(checksOf(granted, now)) ?? "limit_reached") : "not_found";
}

async function refuse(input: StartDownloadInput, reason: DownloadRefusal): Promise<StartDownloadResult> {
  const { shopId, grantId, caller, now } = input;
  try {
    await db.download.create({ data: { shopId, grantId, at: now, ...caller, outcome: reason } });
  } catch (error) {
    const isGone = error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2003";
    if (!isGone) throw error; // a grant that went away meanwhile has no record to keep
  }
  return { kind: "refused", reason };
}
