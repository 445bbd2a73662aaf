import { db } from "~/db.server";
import { signDownload } from "~/gateways/storage/sign-download.server";

/** A link to the full report of an import, as CSV, that lives a minute; null when there is none. */
export async function signReport(shopId: string, importId: string): Promise<string | null> {
  const found = await db.keyImport.findFirst({ where: { id: importId, shopId } });
  if (!found?.reportKey) return null;

  const fileName = `report-${found.fileName.replace(/\.\w+$/, "")}.csv`;
  return signDownload({ storageKey: found.reportKey, fileName, contentType: "text/csv; charset=utf-8" });
}
