import { enqueueSweeps } from "~/domain/sweep/enqueue-sweeps.server";
import { env } from "~/env.server";

export function runSweep() {
  return enqueueSweeps(new Date(), env.SWEEP_EVERY_SECONDS);
}
