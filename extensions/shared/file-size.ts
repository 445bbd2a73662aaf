import { text, type Host } from "./host";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** A size as people read it, in thousands as browsers and systems count: 1536000 → "1.5 MB". */
export function fileSize(host: Host, sizeBytes: number): string {
  const power = sizeBytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(sizeBytes) / 3));
  // 999,960 bytes would read "1,000 kB"
  const isRoundedUp = power < UNITS.length - 1 && Math.round((sizeBytes / 1000 ** power) * 10) >= 10_000;
  const shown = isRoundedUp ? power + 1 : power;
  const amount = host.i18n.formatNumber(sizeBytes / 1000 ** shown, {
    maximumFractionDigits: shown === 0 ? 0 : 1,
    inExtensionLocale: true,
  });
  return text(host, `size.${UNITS[shown] ?? "byte"}`, { amount });
}
