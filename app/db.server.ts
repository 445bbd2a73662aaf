import { PrismaPg } from "@prisma/adapter-pg";
import { type Prisma, PrismaClient } from "@prisma/client";
import pg from "pg";
import { env } from "./env.server";

const connections = new pg.Pool({ connectionString: env.DATABASE_URL, max: env.DATABASE_POOL });
connections.on("error", () => {}); // an idle one that broke is replaced when it is needed

export const db = new PrismaClient({ adapter: new PrismaPg(connections) });

/** What works inside a transaction and, since nothing else is needed, outside one too. */
export type Tx = Prisma.TransactionClient;

/**
 * Reads by one statement that PostgreSQL prepares once per connection, past Prisma, which would work it out anew
 * each time: for what is asked thousands of times a second.
 *
 * @param name  of the statement, whose text must always be the same
 */
export async function readPrepared<Row extends pg.QueryResultRow>(name: string, sql: Prisma.Sql): Promise<Row[]> {
  const { rows } = await connections.query<Row>({ name, text: sql.text, values: sql.values });
  return rows;
}

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
