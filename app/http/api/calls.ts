import type { ApiCall } from "./call";
import { activateLicense, deactivateLicense, listSigningKeys, validateLicense } from "./license-calls";

/** Every call of the API: what is listed here is in its document. */
export const apiCalls: readonly ApiCall[] = [activateLicense, deactivateLicense, validateLicense, listSigningKeys];
