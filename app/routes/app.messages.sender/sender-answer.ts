import type { SenderCheck } from "~/domain/delivery/sender-records";
import type { SenderSettings } from "~/domain/delivery/sender-settings";
import type { FormErrors } from "~/http/form";

/** The settings as the form holds them. */
export type SenderFields = Record<keyof SenderSettings, string>;

export type SenderAnswer =
  { kind: "saved" } | { kind: "checked"; check: SenderCheck } | { kind: "refused"; errors: FormErrors };

export function senderFieldsOf(settings: SenderSettings): SenderFields {
  return {
    senderAddress: settings.senderAddress ?? "",
    logoUrl: settings.logoUrl ?? "",
    brandColor: settings.brandColor ?? "",
    keysInMail: String(settings.keysInMail),
    announcesVersions: String(settings.announcesVersions),
  };
}
