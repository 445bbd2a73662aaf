import type { KeyImport } from "@prisma/client";
import type { Client } from "pg";
import { db, inTransaction, onOwnConnection } from "~/db.server";
import { readObject } from "~/gateways/storage/read-object.server";
import { findTargets } from "./find-targets.server";
import { finishImport } from "./finish-import.server";
import { lockImport } from "./import-lock.server";
import { judgeLines, reportLines } from "./judge-lines.server";
import { KeyFileProblem } from "./key-file";
import { KeyFileChoice } from "./key-file-choice";
import { readKeyFile } from "./read-key-file";
import { stageLines } from "./stage-lines.server";
import { ImportCancelled, watchImport } from "./watch-import.server";
import { writeReport } from "./write-report.server";

// The file is there and readable; only a person can say which column is meant.
const ASKED = new Set(["column_needed", "unknown_column"]);

/**
 * The dry run: reads an import's file, stages its keys sealed, and finds which are new, already here, double or bad.
 *
 * Nothing is added. Safe to repeat from the beginning, also at once; an import that is not being checked (any more)
 * is left as it is.
 *
 * @param body  the file, where it does not come from storage
 * @throws StorageUnavailable, ShopifyUnavailable: worth repeating.
 */
export async function checkImport(importId: string, now: Date, body?: AsyncIterable<Uint8Array>): Promise<void> {
  await onOwnConnection(async (client) => {
    await lockImport(client, importId);
    const found = await db.keyImport.findUnique({ where: { id: importId } });
    if (found?.state !== "checking") return;

    try {
      await check(client, found, now, body ?? (await fileOf(found)));
    } catch (error) {
      if (!(await isSettled(found, error, now))) throw error;
    }
  });
}

async function fileOf({ storageKey }: KeyImport): Promise<AsyncIterable<Uint8Array>> {
  const body = storageKey && (await readObject(storageKey));
  if (!body) throw new UploadMissing();
  return body;
}

class UploadMissing extends Error {
  override name = "UploadMissing";
}

async function check(client: Client, found: KeyImport, now: Date, body: AsyncIterable<Uint8Array>) {
  const { id, shopId } = found;
  await removeStaged(client, id);

  const tell = watchImport(id, "checking");
  const counted = countBytes(body);
  const choice = KeyFileChoice.parse(found.layout ?? {});
  const lines = await stageLines(client, {
    shopId,
    importId: id,
    rows: readKeyFile({ ...choice, body: counted.body }),
    onStaged: (staged) => tell({ readBytes: counted.bytes(), lines: staged }),
  });
  if (lines === 0) throw new KeyFileProblem("no_keys");

  const targets = await findTargets(client, found);
  await judgeLines(client, found, targets);
  const { bad, ...report } = await reportLines(client, found, targets);
  const passedOver = bad + report.alreadyHere + report.duplicatesInFile;
  const reportKey = passedOver > 0 && found.storageKey ? await writeReport(client, found) : null;

  const { count } = await db.keyImport.updateMany({
    where: { id, state: "checking" },
    data: {
      state: "checked",
      checkedAt: now,
      problem: null,
      readBytes: counted.bytes(),
      lines,
      bad,
      duplicates: report.alreadyHere + report.duplicatesInFile,
      report,
      reportKey,
    },
  });
  if (count === 0) throw new ImportCancelled(`Import ${id} was cancelled`);
}

/** Whether that was the end of it, for now or for good; else it is worth another try. */
async function isSettled({ id, shopId }: KeyImport, error: unknown, now: Date): Promise<boolean> {
  if (error instanceof ImportCancelled) {
    await db.stagedKey.deleteMany({ where: { importId: id } }); // what was staged after the cancelling
    return true;
  }
  if (error instanceof KeyFileProblem && ASKED.has(error.reason)) {
    await db.keyImport.updateMany({
      where: { id, state: "checking" },
      data: { state: "checked", checkedAt: now, problem: error.reason, report: {}, bad: 0, duplicates: 0, lines: 0 },
    });
    return true;
  }
  if (error instanceof KeyFileProblem || error instanceof UploadMissing) {
    const [problem, problemLine] =
      error instanceof KeyFileProblem ? [error.reason, error.line] : ["upload_missing", null];
    await inTransaction((tx) =>
      finishImport(tx, { id, shopId }, ["checking"], {
        state: "failed",
        finishedAt: now,
        problem,
        report: { problemLine },
      }),
    );
    return true;
  }
  await db.keyImport.updateMany({ where: { id, state: "checking" }, data: { problem: "waiting" } });
  return false;
}

async function removeStaged(client: Client, importId: string) {
  await client.query(`DELETE FROM "StagedKey" WHERE "importId" = $1`, [importId]);
}

function countBytes(source: AsyncIterable<Uint8Array>) {
  let bytes = 0;
  async function* body() {
    for await (const chunk of source) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  return { body: body(), bytes: () => bytes };
}
