const MINUTE_MS = 60_000;

/** Minutes to wait after the first, second, … attempt that the mail server put off: a day in all. */
const WAITS = [1, 2, 5, 10, 20, 40, 60, 120, 180, 240, 360, 402];

/** @returns milliseconds until the next attempt, or null when a day of them is over. */
export function retryAfterMs(attempts: number): number | null {
  const minutes = WAITS[attempts - 1];
  return minutes === undefined ? null : minutes * MINUTE_MS;
}
