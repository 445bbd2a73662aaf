import type { LicenseState } from "~/domain/license/license";

/** How a license's state is told. */
export const licenseStates: Record<
  LicenseState,
  { content: string; tone?: "success" | "warning" | "attention" | "critical" }
> = {
  active: { content: "Active", tone: "success" },
  revoked: { content: "Revoked", tone: "critical" },
  disabled: { content: "Disabled", tone: "critical" },
  held: { content: "Held back", tone: "attention" },
  expired: { content: "Expired", tone: "warning" },
};
