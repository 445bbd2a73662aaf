/** @param amount  in the currency's main unit, such as "9.99" or 9.99. @returns whole cents; null when it is no amount */
export function centsFrom(amount: string | number): number | null {
  const text = typeof amount === "number" ? amount.toFixed(2) : amount.trim();
  return /^\d{1,9}(\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * 100) : null;
}

/** 999 → `9.99` */
export function amountFrom(cents: number): string {
  return (cents / 100).toFixed(2);
}
