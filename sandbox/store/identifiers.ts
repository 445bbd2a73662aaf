/** @returns the last digits of a gid, of digits or of a number; null when there are none at the end. */
export function digitsOf(id: string | number): string | null {
  return /(\d+)(\?.*)?$/.exec(String(id))?.[1] ?? null;
}

export function gid(type: string, digits: string | number): string {
  return `gid://shopify/${type}/${digits}`;
}

/** The id as the number that webhooks carry; exact, because the store gives out ids below 2^53. */
export function numberOf(id: string): number {
  return Number(digitsOf(id));
}

/** `gid://shopify/Order/1` → `Order`; null when it is no gid. */
export function typeOf(id: string): string | null {
  return /^gid:\/\/shopify\/([A-Za-z]+)\/\d+(\?.*)?$/.exec(id)?.[1] ?? null;
}
