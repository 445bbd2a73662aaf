import { db } from "~/db.server";
import { StoredReport, type ImportReport } from "./import-report";

export type ListedImport = { id: string; fileName: string; createdAt: Date } & ImportReport;

const SHOWN = 20;

/** The last 20 imports into a pool, newest first, with their reports. */
export async function listImports(shopId: string, poolId: string): Promise<ListedImport[]> {
  const imports = await db.keyImport.findMany({
    where: { shopId, poolId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: SHOWN,
  });
  return imports.map(({ id, fileName, createdAt, added, bad, report }) => {
    const { duplicatesInFile, alreadyHere, lines } = StoredReport.parse(report);
    return { id, fileName, createdAt, added, bad, duplicatesInFile, alreadyHere, lines };
  });
}
