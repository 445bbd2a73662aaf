import { UNLIMITED, type Settings } from "~/domain/shop/settings";
import type { FormErrors } from "~/http/form";

/** The settings as the form holds them. */
export type SettingsFields = Record<keyof Settings, string>;

/** What saving answers: the settings as saved, or what is wrong with each. */
export type SettingsAnswer = { saved: SettingsFields | null; errors: FormErrors };

export function settingsFieldsOf(settings: Settings): SettingsFields {
  return {
    downloadLimit: String(settings.downloadLimit ?? UNLIMITED),
    accessDays: String(settings.accessDays ?? UNLIMITED),
    updatePolicy: settings.updatePolicy,
    updateMonths: String(settings.updateMonths ?? ""),
    refundRevokes: String(settings.refundRevokes),
    holdHighRisk: String(settings.holdHighRisk),
    linkHours: String(settings.linkHours),
    fulfillLines: String(settings.fulfillLines),
    fulfillNotifies: String(settings.fulfillNotifies),
    signInRequired: String(settings.signInRequired),
    revealToClaim: String(settings.revealToClaim),
    returnsUnseenKeys: String(settings.returnsUnseenKeys),
    freesPerMonth: String(settings.freesPerMonth),
    graceDays: String(settings.graceDays),
    senderName: settings.senderName ?? "",
    supportAddress: settings.supportAddress ?? "",
  };
}
