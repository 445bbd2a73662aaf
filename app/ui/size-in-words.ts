const units = ["bytes", "KB", "MB", "GB", "TB"] as const;

/** A file's size as Shopify's admin and file managers count it, in thousands: "4.2 MB". */
export function sizeInWords(sizeBytes: number): string {
  if (sizeBytes === 1) return "1 byte";
  const power = sizeBytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(sizeBytes) / 3), units.length - 1);
  const amount = sizeBytes / 1000 ** power;
  const digits = power === 0 || amount >= 100 ? 0 : 1;
  return `${amount.toLocaleString("en", { maximumFractionDigits: digits })} ${units[power]}`;
}
