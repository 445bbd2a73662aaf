import type { KeyImport } from "@prisma/client";
import { db, onOwnConnection } from "~/db.server";
import { deleteObject } from "~/gateways/storage/delete-object.server";
import { lockImport } from "./import-lock.server";
import { StoredReport } from "./import-report";
import { judgeLines, reportLines } from "./judge-lines.server";
import { writeReport } from "./write-report.server";

/**
 * Removes what an ended import needs no more: first its file, which holds plain keys, then its staged lines.
 *
 * Where keys came into the shop between check and import, the report is written anew before. Safe to repeat.
 *
 * @throws StorageUnavailable; worth repeating.
 */
export async function endImport(importId: string): Promise<void> {
  await onOwnConnection(async (client) => {
    await lockImport(client, importId);
    const found = await db.keyImport.findUnique({ where: { id: importId } });
    if (found && !found.finishedAt) return;

    if (found?.storageKey) await deleteObject(found.storageKey);
    if (found && found.state === "done" && (await isReportOutdated(found))) {
      const { pools: targets } = StoredReport.parse(found.report);
      await judgeLines(client, found, targets);
      const { lines, freshLines } = await reportLines(client, found, targets);
      const reportKey = found.storageKey ? await writeReport(client, found) : null;
      const report = { ...StoredReport.parse(found.report), lines, freshLines };
      await db.keyImport.update({ where: { id: importId }, data: { report, reportKey } });
    }
    await db.stagedKey.deleteMany({ where: { importId } });
    await db.keyImport.updateMany({ where: { id: importId }, data: { storageKey: null } });
  });
}

/** Once the staged lines are gone there is nothing to write it from. */
async function isReportOutdated({ id, report, added }: KeyImport): Promise<boolean> {
  const { fresh } = StoredReport.parse(report);
  return fresh > added && (await db.stagedKey.count({ where: { importId: id } })) > 0;
}
