/** "Lasts about 3 days": at the pace of the last 14 days. */
export function lastsText(daysLeft: number): string {
  if (daysLeft < 1) return "Lasts less than a day";
  if (daysLeft > 365) return "Lasts more than a year";
  return `Lasts about ${daysLeft} ${daysLeft === 1 ? "day" : "days"}`;
}
