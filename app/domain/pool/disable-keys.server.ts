import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import { changeMany } from "./change-many.server";
import { chosenKeys, unsold, type KeyChoice } from "./key-choice";

export type DisableKeysInput = {
  shopId: string;
  poolId: string;
  choice: KeyChoice;
  /** Whether sold keys are meant too. If not, one that is sold at this moment stays good. */
  includesSold: boolean;
  actor: AuditActor;
};

/** Takes keys out of the sale; with `includesSold` it also stops those that customers have. */
export function disableKeys(input: DisableKeysInput): Promise<{ count: number }> {
  const { shopId, poolId, choice, includesSold, actor } = input;

  return changeMany(async (tx) => {
    const chosen = chosenKeys(shopId, poolId, choice);
    const isGood = includesSold ? { state: { in: ["available" as const, "granted" as const] } } : unsold;
    const { count } = await tx.poolKey.updateMany({
      where: { ...chosen, ...isGood, NOT: { state: "disabled" } },
      data: { state: "disabled" },
    });
    if (count > 0) await recordAudit(tx, { shopId, actor, action: "keys_disabled", data: { poolId, count } });
    return { count };
  });
}
