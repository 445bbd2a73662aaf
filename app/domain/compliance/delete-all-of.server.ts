import { Prisma } from "@prisma/client";
import { db, inTransaction, type Tx } from "~/db.server";
import { enqueue } from "~/jobs/enqueue.server";

const BATCH_ROWS = 2_000;
/** An object takes its job a call to storage. */
const BATCH_OBJECTS = 500;

/** What refers to a row goes before it: the database would refuse it otherwise, or take along more than a batch. */
const TABLES = [
  "Activation",
  "PoolKey",
  "Download",
  "Grant",
  "Delivery",
  "Order",
  "Attachment",
  "AuditEntry",
  "Sweep",
  "BulkRun",
  "Guess",
  "ApiToken",
  "SigningKey",
] as const;

/**
 * Deletes every row of a shop, the shop last, each batch by itself; objects in storage by jobs, which are written
 * down with the end of the rows that name them.
 */
export async function deleteAllOf(shopId: string): Promise<void> {
  await untilNone(() => deleteStagedKeys(shopId));
  for (const table of TABLES) await untilNone(() => deleteRows(table, shopId));
  await untilNone(() => deleteWithObjects("KeyImport", ["storageKey", "reportKey"], shopId));
  await untilNone(() => deleteWithObjects("AssetVersion", ["storageKey"], shopId));
  await untilNone(() => deleteRows("Asset", shopId));
  await untilNone(() => deleteRows("Pool", shopId));
  await db.shop.delete({ where: { id: shopId } }); // takes its few settings and requests along
}

async function untilNone(deleteBatch: () => Promise<number>) {
  while ((await deleteBatch()) > 0);
}

function deleteRows(table: (typeof TABLES)[number] | "Asset" | "Pool", shopId: string): Promise<number> {
  const rows = Prisma.raw(`"${table}"`);
  return db.$executeRaw`
    DELETE FROM ${rows} WHERE "id" = ANY(ARRAY(
      SELECT "id" FROM ${rows} WHERE "shopId" = ${shopId}::uuid LIMIT ${BATCH_ROWS}))`;
}

/** They know their shop by their import. */
function deleteStagedKeys(shopId: string): Promise<number> {
  return db.$executeRaw`
    DELETE FROM "StagedKey" WHERE ("importId", "line") IN (
      SELECT staged."importId", staged."line" FROM "StagedKey" staged
      JOIN "KeyImport" i ON i."id" = staged."importId" WHERE i."shopId" = ${shopId}::uuid LIMIT ${BATCH_ROWS})`;
}

function deleteWithObjects(table: "KeyImport" | "AssetVersion", columns: string[], shopId: string): Promise<number> {
  return inTransaction(async (tx) => {
    const names = Prisma.join(columns.map((column) => Prisma.raw(`"${column}"`)));
    const deleted = await tx.$queryRaw<{ storageKeys: (string | null)[] }[]>`
      DELETE FROM ${Prisma.raw(`"${table}"`)} WHERE "id" = ANY(ARRAY(
        SELECT "id" FROM ${Prisma.raw(`"${table}"`)} WHERE "shopId" = ${shopId}::uuid LIMIT ${BATCH_OBJECTS}))
      RETURNING ARRAY[${names}] AS "storageKeys"`;
    await deleteObjects(
      tx,
      deleted.flatMap(({ storageKeys }) => storageKeys.flatMap((key) => key ?? [])),
    );
    return deleted.length;
  });
}

async function deleteObjects(tx: Tx, storageKeys: string[]) {
  if (storageKeys.length > 0) await enqueue(tx, "delete_objects", { storageKeys });
}
