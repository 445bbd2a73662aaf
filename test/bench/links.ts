import { createHmac } from "node:crypto";
import { Agent, request } from "node:http";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import pg from "pg";
import { API_KEY, API_SECRET, type AppUnderLoad } from "./app-under-load.ts";
import { CONNECTIONS, perSecond, type Figure } from "./measure.ts";
import type { BenchShop } from "./shop-with-products.ts";

const LINKS = 3_000;
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

type Held = { grantId: string; customerId: string };

/** Links issued by `POST /customer/downloads` against bare signing plus the bare `UPDATE`. Runs on grants of `orders/paid`. */
export async function measureLinks(app: AppUnderLoad, shop: BenchShop): Promise<Figure> {
  const pool = new pg.Pool({ connectionString: app.databaseUrl, max: CONNECTIONS });
  pool.on("error", () => {}); // its idle connections may outlive it by a moment, and PostgreSQL ends first
  await pool.query(`UPDATE "Grant" SET "downloadLimit" = NULL`);
  const { rows: held } = await pool.query<Held>(
    `SELECT "Grant"."id" AS "grantId", "customerId" FROM "Grant" JOIN "Order" ON "Order"."id" = "orderId"
     WHERE "customerId" LIKE 'gid:%' LIMIT $1`,
    [LINKS * 2],
  );
  const measured = await perSecond(LINKS, (piece) => startDownload(app.url, shop.domain, pick(held, piece)));
  const reference = await bareLinks(app, pool, held);
  await pool.end();

  return { what: "links issued", against: "bare signing plus the bare UPDATE", measured, reference };
}

function pick(held: Held[], piece: number): Held {
  const grant = held[piece % held.length];
  if (!grant) throw new Error("There are no grants to download");
  return grant;
}

function startDownload(appUrl: string, shopDomain: string, { grantId, customerId }: Held) {
  const body = JSON.stringify({ grantId });
  const headers = {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(body),
    Authorization: `Bearer ${sessionToken(shopDomain, customerId)}`,
  };
  return new Promise<void>((resolve, reject) => {
    const call = request(`${appUrl}/customer/downloads`, { method: "POST", agent, headers }, (answer) => {
      answer.resume();
      answer.on("end", () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`Answered ${answer.statusCode}`)),
      );
    });
    call.on("error", reject);
    call.end(body);
  });
}

function sessionToken(shopDomain: string, customerId: string): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const exp = Math.floor(Date.now() / 1000) + 300;
  const unsigned = `${part({ alg: "HS256", typ: "JWT" })}.${part({ dest: shopDomain, aud: API_KEY, sub: customerId, exp })}`;
  return `${unsigned}.${createHmac("sha256", API_SECRET).update(unsigned).digest("base64url")}`;
}

function bareLinks({ storageUrl, access }: AppUnderLoad, pool: pg.Pool, held: Held[]): Promise<number> {
  const { accessKeyId, secretAccessKey, region, bucket } = access;
  const storage = new S3Client({
    region,
    endpoint: storageUrl,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
  });
  return perSecond(LINKS, async (piece) => {
    const { grantId } = pick(held, piece);
    await pool.query(
      `UPDATE "Grant" SET "used" = "used" + 1
       WHERE "id" = $1 AND "state" = 'active' AND ("downloadLimit" IS NULL OR "used" < "downloadLimit")`,
      [grantId],
    );
    await getSignedUrl(storage, new GetObjectCommand({ Bucket: bucket, Key: `objects/${grantId}` }), { expiresIn: 60 });
  });
}
