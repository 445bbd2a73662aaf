import { AsyncLocalStorage } from "node:async_hooks";
import { PrismaPg } from "@prisma/adapter-pg";
import { type Prisma, PrismaClient } from "@prisma/client";
import pg from "pg";
import { env } from "./env.server";

/** The connection of a transaction: undefined until it has one, null once it is ending. */
type Held = { connection?: pg.PoolClient | null };

/** What is being begun, for the two below to find. */
const beginning = new AsyncLocalStorage<Held>();
const heldBy = new WeakMap<Tx, Held>();

class Connections extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Parameters<pg.Pool["connect"]>[0]): void;
  override connect(callback?: Parameters<pg.Pool["connect"]>[0]) {
    return callback ? super.connect(callback) : this.lend();
  }

  private async lend(): Promise<pg.PoolClient> {
    const connection = await super.connect();
    const held = beginning.getStore();
    if (held && held.connection === undefined) held.connection = connection;
    return connection;
  }
}

/** As Prisma has it, and a transaction that cannot be ended gives its connection back all the same. */
class Adapter extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    const startTransaction = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolationLevel) => {
      const held = beginning.getStore();
      const transaction = await startTransaction(isolationLevel);
      const executeRaw = transaction.executeRaw.bind(transaction);
      transaction.executeRaw = async (query) => {
        if (query.sql !== "COMMIT" && query.sql !== "ROLLBACK") return executeRaw(query);
        if (held) held.connection = null; // at once: what came after would stand outside the transaction
        return executeRaw(query).catch(async (error: unknown) => {
          await transaction.rollback(); // only gives the connection back, which drops it when it is broken
          throw error;
        });
      };
      return transaction;
    };
    return adapter;
  }
}

const connections = new Connections({ connectionString: env.DATABASE_URL, max: env.DATABASE_POOL });
connections.on("error", () => {}); // an idle one that broke is replaced when it is needed

export const db = new PrismaClient({ adapter: new Adapter(connections) });

/** What works inside a transaction and, since nothing else is needed, outside one too. */
export type Tx = Prisma.TransactionClient;

/**
 * Runs one statement that PostgreSQL prepares once per connection, past Prisma, which would work it out anew each
 * time: for what runs hundreds of times a second. It fails with the errors of pg.
 *
 * Select columns by name, never `*`: a prepared statement does not outlive a change of what it answers.
 *
 * @param name  of the statement, whose text must always be the same
 */
export async function queryPrepared<Row extends pg.QueryResultRow>(
  tx: Tx,
  name: string,
  sql: Prisma.Sql,
): Promise<Row[]> {
  const connection = tx === db ? connections : heldBy.get(tx)?.connection;
  if (!connection) return tx.$queryRaw<Row[]>(sql); // Prisma knows why, and says so: it has ended, or timed out
  const { rows } = await connection.query<Row>({ name, text: sql.text, values: sql.values });
  return rows;
}

/**
 * Runs `work` in one transaction, short unless `timeoutMs` says otherwise.
 *
 * @throws what `work` throws, after rolling back; P2028 when no connection was free within 10 s
 *   or the work took longer than `timeoutMs`.
 */
export function inTransaction<Result>(
  work: (tx: Tx) => Promise<Result>,
  { timeoutMs = 20_000 }: { timeoutMs?: number } = {},
): Promise<Result> {
  const held: Held = {};
  const begun = (tx: Tx) => {
    heldBy.set(tx, held);
    return work(tx);
  };
  return beginning.run(held, () => db.$transaction(begun, { maxWait: 10_000, timeout: timeoutMs }));
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
