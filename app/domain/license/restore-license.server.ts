import { restoreGrant, type RestoreRefusal } from "~/domain/grant/restore-grant.server";
import { changeIssued, findLicenseGrant, type ChangeLicenseInput } from "./change-issued.server";

export type RestoreLicenseRefusal = "unknown_license" | "order_does_not_cover";

export type RestoreLicenseResult = { kind: "restored" } | { kind: "refused"; reason: RestoreLicenseRefusal };

/**
 * Gives a revoked license back. One that is not revoked stays as it is.
 *
 * @returns `order_does_not_cover` when its order pays for it no more.
 */
export async function restoreLicense(input: Omit<ChangeLicenseInput, "now">): Promise<RestoreLicenseResult> {
  const { shopId, licenseId, actor } = input;
  const license = await findLicenseGrant(shopId, licenseId);
  if (!license) return { kind: "refused", reason: "unknown_license" };
  if (!license.grantId) {
    await changeIssued(input, "granted");
    return { kind: "restored" };
  }
  const result = await restoreGrant({ shopId, grantId: license.grantId, actor });
  return result.kind === "restored" ? { kind: "restored" } : afterRefusal[result.reason];
}

const afterRefusal: Record<RestoreRefusal, RestoreLicenseResult> = {
  not_revoked: { kind: "restored" },
  unknown_grant: { kind: "refused", reason: "unknown_license" },
  order_does_not_cover: { kind: "refused", reason: "order_does_not_cover" },
};
