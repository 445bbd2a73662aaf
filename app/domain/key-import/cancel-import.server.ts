import { inTransaction } from "~/db.server";
import { finishImport } from "./finish-import.server";

export type CancelImportResult = { kind: "cancelled" } | { kind: "refused"; reason: "ended" };

/**
 * Ends an import before its keys are added: from then on none of them will be, also if a job is adding them now.
 *
 * @returns `ended` when it came too late, or the shop has no such import.
 */
export function cancelImport(input: { shopId: string; importId: string; now: Date }): Promise<CancelImportResult> {
  const { shopId, importId, now } = input;
  return inTransaction(async (tx) => {
    const cancelled = await finishImport(
      tx,
      { id: importId, shopId },
      ["uploading", "checking", "checked", "importing"],
      { state: "cancelled", cancelledAt: now, finishedAt: now, added: 0 },
    );
    return cancelled ? { kind: "cancelled" } : { kind: "refused", reason: "ended" };
  });
}
