import pg from "pg";
import { v7 as uuid } from "uuid";
import type { AppUnderLoad } from "./app-under-load.ts";
import type * as ClaimWork from "./claim-work.ts";
import { importInApp } from "./in-app.ts";
import { perSecond, type Figure } from "./measure.ts";
import type { BenchShop } from "./shop-with-products.ts";

const KEYS = 1_000_000;
const CLAIMS = 20_000;
const CONNECTIONS = 32;
/** Each side is measured so often, by turns; the medians are compared. */
const ROUNDS = 3;

/**
 * Keys claimed one by one out of a pool of a million, each in a transaction of its own: through `claimKeys` against the
 * bare BEGIN, UPDATE, COMMIT.
 */
export async function measureClaims(app: AppUnderLoad, shop: BenchShop): Promise<Figure[]> {
  const client = new pg.Client({ connectionString: app.databaseUrl });
  await client.connect();
  const poolId = await fillPool(client, shop.id);
  const perRound = CLAIMS * 1.1; // with the warm-up
  const grantIds = await waitForKeys(client, shop, poolId, perRound * 2 * ROUNDS);
  await client.query("VACUUM ANALYZE");
  await client.end();

  const env = { ...app.env, DATABASE_POOL: String(CONNECTIONS) };
  const work = await importInApp<typeof ClaimWork>("claim-work.ts", { env });
  const bare = await connect(app.databaseUrl);
  const next = () => grantIds.pop() ?? "";
  const measured: number[] = [];
  const reference: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    reference.push(await perSecond(CLAIMS, (_, connection) => bare.claim(connection, poolId, next()), CONNECTIONS));
    measured.push(await perSecond(CLAIMS, () => work.claimOne(shop.id, poolId, next()), CONNECTIONS));
  }
  await Promise.all([bare.end(), work.disconnect()]);

  const what = `keys claimed, ${CONNECTIONS} connections, ${KEYS.toLocaleString("en")} keys in the pool`;
  return [
    {
      what,
      against: "the bare BEGIN, UPDATE … SKIP LOCKED, COMMIT",
      measured: median(measured),
      reference: median(reference),
    },
  ];
}

async function fillPool(client: pg.Client, shopId: string): Promise<string> {
  const poolId = uuid();
  await client.query(`INSERT INTO "Pool" ("id", "shopId", "name") VALUES ($1, $2, 'Keys')`, [poolId, shopId]);
  await client.query(
    `INSERT INTO "PoolKey" ("id", "shopId", "poolId", "ciphertext", "keyHash", "keyEnd")
     SELECT uuidv7(), $1, $2, sha256(n::text::bytea), sha256(n::text::bytea), '0000' FROM generate_series(1, $3::int) AS n`,
    [shopId, poolId, KEYS],
  );
  return poolId;
}

/** Grants of one order, of a unit each. */
async function waitForKeys(client: pg.Client, shop: BenchShop, poolId: string, count: number): Promise<string[]> {
  const [orderId, lineId, attachmentId] = [uuid(), uuid(), uuid()];
  await client.query(
    `INSERT INTO "Attachment" ("id", "shopId", "productId", "poolId") VALUES ($1, $2, 'gid://shopify/Product/1', $3)`,
    [attachmentId, shop.id, poolId],
  );
  await client.query(
    `INSERT INTO "Order" ("id", "shopId", "shopifyId", "name", "financialStatus", "processedAt", "updatedAt", "factsHash")
     VALUES ($1, $2, 'claims', '#1', 'paid', now(), now(), '\\x00')`,
    [orderId, shop.id],
  );
  await client.query(
    `INSERT INTO "OrderLine" ("id", "shopId", "orderId", "shopifyId", "title", "quantity", "currentQuantity")
     VALUES ($1, $2, $3, 'claims', 'Software', $4, $4)`,
    [lineId, shop.id, orderId, count],
  );
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO "Grant" ("id", "shopId", "orderId", "lineId", "attachmentId", "poolId", "unit", "state")
     SELECT uuidv7(), $1, $2, $3, $4, $5, n, 'active' FROM generate_series(1, $6::int) AS n RETURNING "id"`,
    [shop.id, orderId, lineId, attachmentId, poolId, count],
  );
  return rows.map(({ id }) => id);
}

async function connect(databaseUrl: string) {
  const clients = Array.from({ length: CONNECTIONS }, () => new pg.Client({ connectionString: databaseUrl }));
  await Promise.all(clients.map((client) => client.connect()));
  const claim = async (connection: number, poolId: string, grantId: string) => {
    const client = clients[connection];
    await client?.query("BEGIN");
    const answer = await client?.query(
      `UPDATE "PoolKey" SET "state" = 'granted', "grantId" = $2 WHERE "id" = (
         SELECT "id" FROM "PoolKey" WHERE "poolId" = $1 AND "state" = 'available'
         ORDER BY "seq" LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING "id"`,
      [poolId, grantId],
    );
    await client?.query("COMMIT");
    if (answer?.rowCount !== 1) throw new Error(`Grant ${grantId} got no key`);
  };
  return { claim, end: () => Promise.all(clients.map((client) => client.end())) };
}

function median(rates: number[]): number {
  return rates.toSorted((a, b) => a - b)[Math.floor(rates.length / 2)] ?? Number.NaN;
}
