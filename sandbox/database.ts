import { randomBytes } from "node:crypto";
import pg from "pg";
import { type Postgres, startPostgres } from "./postgres.ts";

export type Database = {
  url: string;
  /** null for one that is not ours to restart. */
  restart: Postgres["restart"] | null;
  stop(): Promise<void>;
};

/**
 * Opens the app's database: the one DATABASE_URL names or, without it, a PostgreSQL of our own.
 *
 * An ephemeral sandbox never touches what DATABASE_URL names: it makes a database beside it and drops it.
 *
 * @param onLost  is called when our PostgreSQL ends before it was asked to
 */
export async function openDatabase(
  options: { dir: string; port: number; ephemeral: boolean },
  onLost: () => void,
): Promise<Database> {
  const given = process.env.DATABASE_URL;
  if (given) return options.ephemeral ? makeBeside(given) : { url: given, restart: null, stop: async () => {} };

  const postgres = await startPostgres(options);
  let isWanted = true;
  void postgres.ended.then(() => isWanted && onLost());
  return {
    url: postgres.url,
    restart: postgres.restart,
    stop: () => {
      isWanted = false;
      return postgres.stop();
    },
  };
}

async function makeBeside(given: string): Promise<Database> {
  const name = `featherpost_${randomBytes(6).toString("hex")}`;
  await query(given, `CREATE DATABASE "${name}"`);
  return {
    url: Object.assign(new URL(given), { pathname: `/${name}` }).href,
    restart: null,
    stop: () => query(given, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`),
  };
}

async function query(url: string, statement: string) {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.query(statement);
  } catch (error) {
    throw new Error("The database that DATABASE_URL names could not be used.", { cause: error });
  } finally {
    await client.end().catch(() => {});
  }
}
