import { inTransaction } from "~/db.server";
import type { AuditActor } from "~/domain/audit/actions";
import { recordAudit } from "~/domain/audit/record.server";
import type { Settings } from "./settings";

export type SaveSettingsInput = { shopId: string; settings: Settings; actor: AuditActor };

/**
 * Sets what a shop grants, how long its link pages live and whom its customers hear from.
 *
 * Only orders paid from now on get the new limits: a grant keeps those it was made with.
 *
 * @returns the names of the settings that are other than before; saved settings saved again change nothing.
 */
export function saveSettings({ shopId, settings, actor }: SaveSettingsInput): Promise<(keyof Settings)[]> {
  return inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Shop" WHERE "id" = ${shopId}::uuid FOR NO KEY UPDATE`;
    const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
    const names = Object.keys(settings) as (keyof Settings)[];
    const changed = names.filter((name) => settings[name] !== shop[name]);
    if (changed.length === 0) return changed;

    await tx.shop.update({ where: { id: shopId }, data: settings });
    await recordAudit(tx, { shopId, actor, action: "settings_saved", data: { changed } });
    return changed;
  });
}
