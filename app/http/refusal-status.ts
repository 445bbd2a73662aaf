const statuses: Record<string, number> = { not_found: 404, machine_name: 422, storage_unavailable: 503 };

/** What refusing a customer answers, on every way they come: 409, where the reason says nothing else. */
export function refusalStatus(reason: string): number {
  return statuses[reason] ?? 409;
}
