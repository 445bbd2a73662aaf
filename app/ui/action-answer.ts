import type { FormErrors } from "~/http/form";

/** What a page's action answers to one thing done. */
export type ActionAnswer =
  | { kind: "done"; message: string; undo?: Record<string, string> | null }
  | { kind: "key"; text: string }
  | { kind: "refused"; message: string; errors: FormErrors };
