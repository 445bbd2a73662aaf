import type { FormErrors } from "~/http/form";

export type AssetAnswer = { kind: "done"; message: string } | { kind: "refused"; errors: FormErrors };
