import { AS_SHOP, type AttachmentTerms } from "~/domain/attachment/terms";
import { UNLIMITED } from "~/domain/shop/settings";

/** The terms as the form holds them. */
export type TermsFields = Record<keyof AttachmentTerms, string>;

export type ShopPolicy = {
  downloadLimit: number | null;
  accessDays: number | null;
  updatePolicy: "latest" | "bought" | "months";
  updateMonths: number | null;
};

export function termsFieldsOf(terms: AttachmentTerms): TermsFields {
  return {
    downloadLimit: limitField(terms.downloadLimit),
    accessDays: limitField(terms.accessDays),
    updatePolicy: terms.updatePolicy ?? AS_SHOP,
    updateMonths: String(terms.updateMonths ?? ""),
    streamOnly: String(terms.streamOnly),
    keysPerUnit: String(terms.keysPerUnit),
    instructions: terms.instructions ?? "",
  };
}

function limitField(limit: number | null): string {
  if (limit === null) return AS_SHOP;
  return limit === 0 ? UNLIMITED : String(limit);
}

/** What the shop's settings say, for the choice to go by them. */
export function shopsOwn({ downloadLimit, accessDays, updatePolicy, updateMonths }: ShopPolicy) {
  const versions = { latest: "get it", bought: "keep what they bought", months: `for ${updateMonths ?? 0} months` };
  const said = {
    downloads: downloadLimit === null ? "unlimited" : `${downloadLimit.toLocaleString("en")} per unit`,
    days: accessDays === null ? "never ends" : `${accessDays.toLocaleString("en")} days`,
    versions: versions[updatePolicy],
  };
  const choice = (words: string) => ({ label: `As in the settings (${words})`, value: AS_SHOP });
  return { downloads: choice(said.downloads), days: choice(said.days), versions: choice(said.versions) };
}
