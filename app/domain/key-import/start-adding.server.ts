import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { enqueue } from "~/jobs/enqueue.server";
import { storedActor } from "./import-actor";

export type StartAddingResult = { kind: "started" } | { kind: "refused"; reason: "not_checked" };

/** The merchant's word: a checked import is to be added. */
export function startAdding(input: {
  shopId: string;
  importId: string;
  actor: AuditActor;
}): Promise<StartAddingResult> {
  const { shopId, importId, actor } = input;
  return inTransaction(async (tx) => {
    const { count } = await tx.keyImport.updateMany({
      where: { id: importId, shopId, state: "checked", problem: null },
      data: { state: "importing", actor: storedActor(actor), added: 0 },
    });
    if (count === 0) return { kind: "refused", reason: "not_checked" };

    await enqueue(tx, "add_key_import", { importId });
    return { kind: "started" };
  });
}
