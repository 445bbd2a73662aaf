import { Agent, request } from "node:http";
import pg from "pg";
import type { AppUnderLoad } from "./app-under-load.ts";
import { importInApp } from "./in-app.ts";
import { CONNECTIONS, perSecond, type Figure } from "./measure.ts";
import type { BenchShop } from "./shop-with-products.ts";
import type * as LicensesWork from "./licenses-work.ts";

const LICENSES = 20_000;
const CALLS = 10_000;
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

/** `validate` over HTTP, throttled and with a signed license in each answer, against its query alone. */
export async function measureValidates(app: AppUnderLoad, shop: BenchShop): Promise<Figure[]> {
  const { sellLicenses } = await importInApp<typeof LicensesWork>("licenses-work.ts", app);
  const licenses = await sellLicenses(shop, LICENSES);
  const of = (piece: number) => {
    const license = licenses[piece % licenses.length];
    if (!license) throw new Error("There are no licenses to ask about");
    return license;
  };
  const measured = await perSecond(CALLS, (piece) => validate(app.url, shop.domain, piece, of(piece)));

  const pool = new pg.Pool({ connectionString: app.databaseUrl, max: CONNECTIONS });
  pool.on("error", () => {}); // its idle connections may outlive it by a moment, and PostgreSQL ends first
  const reference = await perSecond(CALLS, async (piece) => {
    const { keyHash, fingerprint } = of(piece);
    const { rowCount } = await pool.query({
      name: "validate",
      text: bareQuery,
      values: [shop.id, keyHash, fingerprint],
    });
    if (rowCount !== 1) throw new Error("The query found no license");
  });
  await pool.end();
  return [{ what: "licenses validated over HTTP", against: "the bare query", measured, reference }];
}

type Asked = { text: string; fingerprint: string };

function validate(appUrl: string, shop: string, piece: number, { text, fingerprint }: Asked): Promise<void> {
  const body = JSON.stringify({ shop, key: text, fingerprint });
  const headers = {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(body),
    "X-Forwarded-For": `10.${(piece >> 16) & 255}.${(piece >> 8) & 255}.${piece & 255}`, // customers are many
  };
  return new Promise((resolve, reject) => {
    const call = request(`${appUrl}/api/licenses/validate`, { method: "POST", agent, headers }, (answer) => {
      let said = "";
      answer.setEncoding("utf8").on("data", (part: string) => (said += part));
      answer.on("end", () => (said.startsWith('{"valid":true') ? resolve() : reject(new Error(said))));
    });
    call.on("error", reject);
    call.end(body);
  });
}

const bareQuery = `
  SELECT k."state", k."keyEnd", k."activationLimit", k."expiresAt", g."state" AS "grantState", g."expiresAt" AS "grantEnd",
         p."activationLimit" AS "poolLimit", l."title", l."productId", a."suspendedAt", a."blockedAt",
         (SELECT count(*)::int FROM "Activation" WHERE "keyId" = k."id" AND "blockedAt" IS NULL) AS "used"
  FROM "PoolKey" k
  JOIN "Pool" p ON p."id" = k."poolId"
  LEFT JOIN "Grant" g ON g."id" = k."grantId"
  LEFT JOIN "OrderLine" l ON l."id" = g."lineId"
  LEFT JOIN "Activation" a ON a."keyId" = k."id" AND a."fingerprint" = $3
  WHERE k."shopId" = $1 AND k."keyHash" = $2`;
