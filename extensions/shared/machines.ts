import { callApp, isRecord, type Answer } from "./call-app";
import type { OrderProof } from "./deliveries";
import type { Host } from "./host";

/** Shows a hidden key; the shop is told that its customer saw it. */
export function revealKey(host: Host, grantId: string, proof: OrderProof): Promise<Answer<string>> {
  const read = (answer: unknown) => (isRecord(answer) && typeof answer.key === "string" ? answer.key : null);
  return callApp(host, { method: "POST", path: "/customer/keys", body: { grantId, ...proof }, read });
}

/** Answers the name as it was kept. */
export function nameMachine(
  host: Host,
  activationId: string,
  name: string,
  proof: OrderProof,
): Promise<Answer<string>> {
  const read = (answer: unknown) => (isRecord(answer) && typeof answer.name === "string" ? answer.name : null);
  return callApp(host, { method: "POST", path: "/customer/activations", body: { activationId, name, ...proof }, read });
}

/** How often the customer may free a place yet. */
export type FreesLeft = { freesLeft: number; nextFreeAt: string | null };

export function freeMachine(host: Host, activationId: string, proof: OrderProof): Promise<Answer<FreesLeft>> {
  return callApp(host, {
    method: "POST",
    path: "/customer/activations/free",
    body: { activationId, ...proof },
    read: readFrees,
  });
}

function readFrees(answer: unknown): FreesLeft | null {
  if (!isRecord(answer) || typeof answer.freesLeft !== "number") return null;
  const { freesLeft, nextFreeAt } = answer;
  return { freesLeft, nextFreeAt: typeof nextFreeAt === "string" ? nextFreeAt : null };
}
