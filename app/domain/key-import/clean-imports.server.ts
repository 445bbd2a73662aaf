import { db, inTransaction } from "~/db.server";
import { finishImport } from "./finish-import.server";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Ends imports that nobody went on with for a day, so that no file of plain keys lies in storage for longer, and
 * removes staged lines whose import is gone.
 */
export async function cleanImports(now: Date): Promise<void> {
  const left = await db.keyImport.findMany({
    where: { finishedAt: null, state: { notIn: ["done", "importing"] }, createdAt: { lt: new Date(+now - DAY_MS) } },
    select: { id: true, shopId: true },
  });
  for (const found of left) {
    const ended = { state: "cancelled", finishedAt: now, problem: "left_alone" } as const;
    await inTransaction((tx) => finishImport(tx, found, ["uploading", "checking", "checked"], ended));
  }
  await db.$executeRaw`
    DELETE FROM "StagedKey" WHERE NOT EXISTS (SELECT 1 FROM "KeyImport" WHERE id = "StagedKey"."importId")`;
}
