/** What starting a dry run answers. */
export type DryRunAnswer = { runId: string; error: null } | { runId: null; error: string };
