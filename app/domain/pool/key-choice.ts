import type { PoolKeyState, Prisma } from "@prisma/client";

/** Which of a pool's keys are shown. */
export type KeyFilter = {
  state?: PoolKeyState;
  /** Of one import. */
  importId?: string;
};

/** Keys a person chose: one by one, or all that a filter shows. */
export type KeyChoice = { keyIds: string[] } | { filter: KeyFilter };

/** The keys of a pool that are meant, and nothing of another pool or shop. */
export function chosenKeys(shopId: string, poolId: string, choice: KeyChoice): Prisma.PoolKeyWhereInput {
  const meant = "keyIds" in choice ? { id: { in: choice.keyIds } } : choice.filter;
  return { shopId, poolId, AND: [meant] };
}

/** Nobody was given it: it is on sale, or was taken out of the sale. */
export const unsold = {
  state: { in: ["available", "disabled"] },
  grantId: null,
  issuedAt: null,
} satisfies Prisma.PoolKeyWhereInput;
