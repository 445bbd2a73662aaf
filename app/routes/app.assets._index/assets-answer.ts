import type { FormErrors } from "~/http/form";

export type AssetsAnswer = { kind: "done"; message: string } | { kind: "refused"; errors: FormErrors };
