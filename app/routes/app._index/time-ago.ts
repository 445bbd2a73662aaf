const steps = [
  { unit: "minute", seconds: 60 },
  { unit: "hour", seconds: 3_600 },
  { unit: "day", seconds: 86_400 },
  { unit: "month", seconds: 30 * 86_400 },
  { unit: "year", seconds: 365 * 86_400 },
] as const;

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** How long ago, in words: "just now", "5 minutes ago", "yesterday". */
export function timeAgo(at: Date, now: Date): string {
  const seconds = Math.max(0, (now.getTime() - at.getTime()) / 1000);
  const step = steps.findLast((candidate) => seconds >= candidate.seconds);
  return step ? relative.format(-Math.floor(seconds / step.seconds), step.unit) : "just now";
}
