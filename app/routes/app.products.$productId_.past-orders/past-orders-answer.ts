import type { FormErrors } from "~/http/form";

export type Preview = {
  orders: number;
  grants: number;
  unaddressed: number;
  pools: { id: string; name: string; needed: number; available: number; isMade: boolean }[];
  unknownNames: string[];
};

/** What counting or starting answers. */
export type PastOrdersAnswer =
  { kind: "counted"; preview: Preview } | { kind: "started"; runId: string } | { kind: "refused"; errors: FormErrors };
