import { db } from "~/db.server";

/** A machine as the merchant sees it. */
export type ListedActivation = {
  id: string;
  fingerprint: string;
  name: string | null;
  /** From where it was activated. */
  ip: string | null;
  createdAt: Date;
  seenAt: Date;
  state: "active" | "suspended" | "blocked";
};

const PER_PAGE = 50;

/** The machines of a license in the order they came, the blocked ones too. */
export async function listActivations(
  shopId: string,
  keyId: string,
  /** A `next` of an earlier answer. */
  after: string | null,
): Promise<{ activations: ListedActivation[]; next: string | null }> {
  const found = await db.activation.findMany({
    where: { shopId, keyId, ...(after && { id: { gt: after } }) },
    orderBy: { id: "asc" },
    take: PER_PAGE + 1,
  });
  const activations = found.slice(0, PER_PAGE).map((row): ListedActivation => {
    const { id, fingerprint, name, ip, createdAt, seenAt, suspendedAt, blockedAt } = row;
    const state = blockedAt ? "blocked" : suspendedAt ? "suspended" : "active";
    return { id, fingerprint, name, ip, createdAt, seenAt, state };
  });
  return { activations, next: found.length > PER_PAGE ? (activations.at(-1)?.id ?? null) : null };
}
