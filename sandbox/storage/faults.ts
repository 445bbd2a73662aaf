/** How storage misbehaves now: with the chance `rate` it answers `status`, and each answer comes `latencyMs` later. */
export type StorageFaults = { status?: number; rate?: number; latencyMs?: number };
