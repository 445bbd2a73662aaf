import type { PageLanguage } from "./language";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** A size as people read it, in thousands as browsers and systems count: 1536000 → "1.5 MB". */
export function fileSize(language: PageLanguage, sizeBytes: number): string {
  const power = sizeBytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(sizeBytes) / 3));
  // 999,960 bytes would read "1,000 kB"
  const isRoundedUp = power < UNITS.length - 1 && Math.round((sizeBytes / 1000 ** power) * 10) >= 10_000;
  const shown = isRoundedUp ? power + 1 : power;
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: UNITS[shown] ?? "byte",
    unitDisplay: shown === 0 ? "long" : "short",
    maximumFractionDigits: shown === 0 ? 0 : 1,
  }).format(sizeBytes / 1000 ** shown);
}

/** A day, as seen from UTC. */
export function day(language: PageLanguage, moment: Date): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(moment);
}

/** A day and time, in UTC. */
export function dayAndTime(language: PageLanguage, moment: Date): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short", timeZone: "UTC" }).format(moment);
}
