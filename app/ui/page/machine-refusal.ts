import type { FreesLeft } from "~/domain/activation/frees";
import { refusalStatus } from "~/http/refusal-status";
import { day } from "./format";
import type { Voice } from "./page-view";
import type { Refused } from "./refusal-text";

const texts = {
  not_found: "refusal.machine_not_found",
  paused: "refusal.paused",
  frees_off: "refusal.frees_off",
  frees_used: "refusal.frees_used",
  machine_name: "refusal.machine_name",
} as const;

/** Why a machine was not named, or its place not freed; with the day on which it can be. */
export function machineRefusal(
  { reason, frees }: { reason: keyof typeof texts; frees: FreesLeft | null },
  { language }: Voice,
): Refused {
  return {
    status: refusalStatus(reason),
    text: texts[reason],
    values: { date: frees?.nextAt ? day(language, frees.nextAt) : "" },
  };
}
