import { inTransaction } from "~/db.server";
import { enqueue } from "~/jobs/enqueue.server";
import type { Subject } from "./subject";

export type AcceptComplianceInput = { shopId: string; webhookId: string; topic: string; subject: Subject };

/** Writes a privacy request down together with the job that carries it out; the same delivery counts once. */
export function acceptCompliance({ shopId, webhookId, topic, subject }: AcceptComplianceInput): Promise<void> {
  return inTransaction(async (tx) => {
    const [request] = await tx.complianceRequest.createManyAndReturn({
      data: [{ shopId, webhookId, topic, payload: subject }],
      skipDuplicates: true,
    });
    if (request) await enqueue(tx, "carry_out_compliance", { complianceRequestId: request.id });
  });
}
