import type { TokenScope } from "~/domain/token/scopes";

/** What a scope lets a program do, in words; `short` for a narrow place. */
export const scopeTexts: Record<TokenScope, { label: string; helpText: string; short: string }> = {
  "licenses:read": {
    label: "Read licenses",
    helpText: "Find them by order, email or reference, with the full text of their keys.",
    short: "Read",
  },
  "licenses:write": {
    label: "Change licenses",
    helpText: "Create licenses, revoke them and give them back.",
    short: "Change",
  },
};
