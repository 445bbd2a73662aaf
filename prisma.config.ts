// Lets `prisma migrate` and `prisma generate` run with no downloaded engine: the WebAssembly schema
// engine inside the npm package, over the pg driver.
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { defineConfig } from "prisma/config";

// The schema engine reads catalog columns of the types "name" and "char", which adapter-pg 6.19 refuses
// (github.com/prisma/orm/issues/27403): present them as text.
const textTypeOf = new Map([
  [18, 25],
  [19, 25],
  [1002, 1009],
  [1003, 1009],
]);
type Field = { dataTypeID: number };
const result = (pg as unknown as { Result: { prototype: { addFields(fields: Field[]): void } } }).Result.prototype;
const addFields = result.addFields;
result.addFields = function (fields) {
  for (const field of fields) field.dataTypeID = textTypeOf.get(field.dataTypeID) ?? field.dataTypeID;
  return addFields.call(this, fields);
};

// `prisma generate` needs no database, yet without an address of one it asks for an engine to download.
process.env.DATABASE_URL ||= "postgresql://DATABASE_URL-is-not-set";

// The engine never clears the 10 s timer of its advisory lock, and every command would end with that wait.
const startTimer = globalThis.setTimeout;
globalThis.setTimeout = Object.assign((...args: Parameters<typeof startTimer>) => {
  const timer = startTimer(...args);
  if (args[1] === 10_000) timer.unref();
  return timer;
}, startTimer);

/** A migration as one piece, which PostgreSQL takes whole or not at all; PrismaPg would cut it at every semicolon. */
class Migrations extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (sql) => void (await adapter.executeRaw({ sql, args: [], argTypes: [] }));
    return adapter;
  }
}

export default defineConfig({
  schema: "prisma/schema.prisma",
  engine: "js",
  experimental: { adapter: true },
  adapter: async () =>
    new Migrations({ connectionString: process.env.DATABASE_URL, allowExitOnIdle: true, idleTimeoutMillis: 50 }),
  migrations: { path: "prisma/migrations", seed: "node build/seed.js" },
});
