import { inTransaction } from "~/db.server";
import { enqueue } from "~/jobs/enqueue.server";
import type { KeyFileChoice } from "./key-file-choice";

export type StartCheckResult = { kind: "started" } | { kind: "refused"; reason: "not_waiting" };

/**
 * Has an import's file checked, once it lies in storage; again when the person reads its columns otherwise.
 *
 * @returns `not_waiting` when it is neither uploaded nor checked: it is at work, or has ended.
 */
export function startCheck(input: {
  shopId: string;
  importId: string;
  choice: KeyFileChoice;
}): Promise<StartCheckResult> {
  const { shopId, importId, choice } = input;
  return inTransaction(async (tx) => {
    const { count } = await tx.keyImport.updateMany({
      where: { id: importId, shopId, state: { in: ["uploading", "checked"] } },
      data: { state: "checking", layout: choice, problem: null, readBytes: 0, lines: 0 },
    });
    if (count === 0) return { kind: "refused", reason: "not_waiting" };

    await enqueue(tx, "check_key_import", { importId });
    return { kind: "started" };
  });
}
