import type { KeyImport } from "@prisma/client";
import type { Client } from "pg";
import { reportCsv } from "~/domain/pool/report-csv";
import { importKeyOf } from "~/gateways/storage/storage-key";
import { storeStream } from "~/gateways/storage/store-stream.server";
import type { LineReason } from "./import-report";
import { lineReasonText } from "./line-reasons";

const PAGE = 10_000;
// The mark makes Excel read it as UTF-8.
const BYTE_ORDER_MARK = "\uFEFF";

/**
 * Stores every line that adds no key, and why, as CSV: what `judgeLines` found.
 *
 * @returns where it lies
 * @throws StorageUnavailable
 */
export async function writeReport(client: Client, { id, shopId }: KeyImport): Promise<string> {
  const reportKey = `${importKeyOf({ shopId, importId: id })}-report.csv`;
  await storeStream(reportKey, "text/csv; charset=utf-8", csvOf(client, id));
  return reportKey;
}

async function* csvOf(client: Client, importId: string): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + reportCsv([["Line", "Key ends in", "Why"]]);
  for (let after = 0; ;) {
    const { rows } = await client.query<{ line: number; reason: LineReason; end: string }>(
      `SELECT line, reason, "keyEnd" AS end FROM "StagedKey"
       WHERE "importId" = $1 AND line > $2 AND reason IS NOT NULL ORDER BY line LIMIT ${PAGE}`,
      [importId, after],
    );
    if (rows.length > 0) yield reportCsv(rows.map(({ line, end, reason }) => [line, end, lineReasonText[reason]]));
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.line ?? after;
  }
}
