import { carryOutCompliance } from "~/domain/compliance/carry-out-compliance.server";
import type { JobPayload } from "./jobs";

export function runCarryOutCompliance({ complianceRequestId }: JobPayload<"carry_out_compliance">) {
  return carryOutCompliance(complianceRequestId, new Date());
}
