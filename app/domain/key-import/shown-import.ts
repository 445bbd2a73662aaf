import type { KeyImport } from "@prisma/client";
import { StoredReport } from "./import-report";
import { KeyFileChoice } from "./key-file-choice";

/** An import as screens show it. */
export type ShownImport = ReturnType<typeof shownImport>;

export function shownImport(found: KeyImport) {
  const { id, poolId, state, fileName, createdAt, lines, added, bad, served, problem } = found;
  return {
    id,
    poolId,
    state,
    fileName,
    createdAt,
    /** Of the file; 0: not known. */
    sizeBytes: Number(found.sizeBytes ?? 0),
    readBytes: Number(found.readBytes),
    linesRead: lines,
    added,
    bad,
    served,
    problem,
    hasReport: found.reportKey !== null,
    choice: KeyFileChoice.parse(found.layout ?? {}),
    ...StoredReport.parse(found.report),
  };
}
