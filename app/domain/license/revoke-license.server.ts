import { revokeGrant } from "~/domain/grant/revoke-grant.server";
import { changeIssued, findLicenseGrant, type ChangeLicenseInput } from "./change-issued.server";

export type RevokeLicenseResult = { kind: "revoked" } | { kind: "refused"; reason: "unknown_license" };

/**
 * Takes a license away: its grant where an order gave it, else its key. One that is revoked already stays so.
 *
 * @returns `unknown_license` when the shop has none of that id.
 */
export async function revokeLicense(input: ChangeLicenseInput): Promise<RevokeLicenseResult> {
  const { shopId, licenseId, actor, now } = input;
  const license = await findLicenseGrant(shopId, licenseId);
  if (!license) return { kind: "refused", reason: "unknown_license" };

  if (license.grantId) await revokeGrant({ shopId, grantId: license.grantId, actor, now });
  else await changeIssued(input, "revoked");
  return { kind: "revoked" };
}
