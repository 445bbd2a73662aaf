import type { ActorId, AuditActor, Requester } from "~/domain/audit/actions";

/** Who imports, as `KeyImport.actor` keeps it until the keys are added. */
export function storedActor(actor: AuditActor): string {
  return typeof actor === "string" ? actor : JSON.stringify(actor);
}

export function actorFrom(stored: string | null): AuditActor {
  if (stored?.startsWith("{")) return JSON.parse(stored) as Requester;
  return (stored ?? "worker") as ActorId;
}
