import { lastDayOf, type PoolSettings } from "~/domain/pool/pool-form";
import type { FormErrors } from "~/http/form";

/** A pool's settings as the form holds them. */
export type PoolFieldValues = Record<keyof PoolSettings, string>;

/** What saving answers: nothing wrong, or what is wrong with each field. */
export type SaveAnswer = { saved: string | null; errors: FormErrors };

type Saved = Omit<PoolSettings, "validUntil"> & { validUntil: string | null };

export function fieldValuesOf(pool: Saved): PoolFieldValues {
  return {
    name: pool.name,
    activationLimit: String(pool.activationLimit ?? ""),
    keyFor: pool.keyFor,
    validDays: String(pool.validDays ?? ""),
    validUntil: lastDayOf(pool.validUntil),
    instructions: pool.instructions ?? "",
  };
}
