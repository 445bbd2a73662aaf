import { PrismaPg } from "@prisma/adapter-pg";
import { type Prisma, PrismaClient } from "@prisma/client";
import pg from "pg";
import { env } from "./env.server";

export const db = new PrismaClient({
  adapter: new PrismaPg({ connectionString: env.DATABASE_URL, max: env.DATABASE_POOL }),
});

/** What works inside a transaction and, since nothing else is needed, outside one too. */
export type Tx = Prisma.TransactionClient;

/**
 * Runs `work` in one short transaction.
 *
 * @throws what `work` throws, after rolling back; P2028 when no connection was free within 10 s
 *   or the work took longer than 20 s.
 */
export function inTransaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
  return db.$transaction(work, { maxWait: 10_000, timeout: 20_000 });
}

/**
 * Lends a connection of its own, for what Prisma cannot say: COPY, temporary tables, locks that outlive a
 * transaction. They end with `work`, and with this process.
 */
export async function onOwnConnection<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: env.DATABASE_URL });
  client.on("error", () => {}); // whoever asks next hears of it
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
