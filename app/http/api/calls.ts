import type { ApiCall } from "./call";
import { createLicense, findLicense, listLicenses, restoreLicense, revokeLicense } from "./back-end-calls";
import { activateLicense, deactivateLicense, listSigningKeys, validateLicense } from "./license-calls";

/** Every call of the API: what is listed here is in its document. */
export const apiCalls: readonly ApiCall[] = [
  activateLicense,
  deactivateLicense,
  validateLicense,
  listSigningKeys,
  listLicenses,
  createLicense,
  findLicense,
  revokeLicense,
  restoreLicense,
];
