import type { FreesLeft } from "~/domain/activation/frees";
import { day } from "./format";
import type { Voice } from "./page-view";
import type { Refused } from "./refusal-text";
import type { TextKey } from "./texts";

type Reason = "not_found" | "paused" | "frees_off" | "frees_used" | "machine_name";

const texts: Record<Reason, { status: number; text: TextKey }> = {
  not_found: { status: 404, text: "refusal.machine_not_found" },
  paused: { status: 409, text: "refusal.paused" },
  frees_off: { status: 409, text: "refusal.frees_off" },
  frees_used: { status: 409, text: "refusal.frees_used" },
  machine_name: { status: 422, text: "refusal.machine_name" },
};

/** Why a machine was not named, or its place not freed; with the day on which it can be. */
export function machineRefusal(
  { reason, frees }: { reason: Reason; frees: FreesLeft | null },
  { language }: Voice,
): Refused {
  return { ...texts[reason], values: { date: frees?.nextAt ? day(language, frees.nextAt) : "" } };
}
