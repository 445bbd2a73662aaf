import { Prisma } from "@prisma/client";

const NIL = "00000000-0000-0000-0000-000000000000";

/** A column of sealed texts, and how its rows are told apart: by an id in text that a walk can go on from. */
export type SealedColumn = {
  /** Of one thing in it, and of several. */
  name: [string, string];
  table: Prisma.Sql;
  column: Prisma.Sql;
  shopId: Prisma.Sql;
  /** Null: the rows belong to no pool. */
  poolId: Prisma.Sql;
  id: Prisma.Sql;
  order: Prisma.Sql;
  start: string;
  beyond: (id: string) => Prisma.Sql;
  among: (ids: string[]) => Prisma.Sql;
  is: (id: Prisma.Sql) => Prisma.Sql;
};

/** Every column that `encryptKey` fills. What may become another's row comes before it. */
export const sealedColumns: SealedColumn[] = [
  stagedKeys(),
  {
    ...plain("PoolKey", "ciphertext", ["license key", "license keys"]),
    poolId: Prisma.sql`"poolId"`,
  },
  plain("SigningKey", "ciphertext", ["signing key", "signing keys"]),
  plain("Delivery", "tokenCiphertext", ["link of an unsent message", "links of unsent messages"]),
];

function plain(table: string, column: string, name: [string, string]): SealedColumn {
  return {
    name,
    table: Prisma.raw(`"${table}"`),
    column: Prisma.raw(`"${column}"`),
    shopId: Prisma.sql`"shopId"`,
    poolId: Prisma.sql`NULL::uuid`,
    id: Prisma.sql`"id"::text`,
    order: Prisma.sql`"id"`,
    start: NIL,
    beyond: (id) => Prisma.sql`"id" > ${id}::uuid`,
    among: (ids) => Prisma.sql`"id" = ANY(${ids}::uuid[])`,
    is: (id) => Prisma.sql`"id" = ${id}::uuid`,
  };
}

/** Keys of a file that is checked and not imported yet, known by import and line. */
function stagedKeys(): SealedColumn {
  const importId = (id: Prisma.Sql) => Prisma.sql`split_part(${id}, ' ', 1)::uuid`;
  const line = (id: Prisma.Sql) => Prisma.sql`split_part(${id}, ' ', 2)::int`;
  const place = (id: Prisma.Sql) => Prisma.sql`${importId(id)}, ${line(id)}`;
  return {
    ...plain("StagedKey", "ciphertext", ["key of a file not imported yet", "keys of files not imported yet"]),
    shopId: Prisma.sql`(SELECT "shopId" FROM "KeyImport" WHERE "KeyImport"."id" = "StagedKey"."importId")`,
    id: Prisma.sql`"importId" || ' ' || "line"`,
    order: Prisma.sql`"importId", "line"`,
    start: `${NIL} 0`,
    beyond: (id) => Prisma.sql`("importId", "line") > (${place(Prisma.sql`${id}::text`)})`,
    among: (ids) => {
      return Prisma.sql`("importId", "line") IN (SELECT ${place(Prisma.sql`one`)} FROM unnest(${ids}::text[]) AS one)`;
    },
    is: (id) => Prisma.sql`"importId" = ${importId(id)} AND "line" = ${line(id)}`,
  };
}
