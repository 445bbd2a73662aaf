type Reviver = (key: string, value: unknown, context?: { source?: string }) => unknown;

/** `JSON.parse`, but integers that a number cannot hold come as strings of their digits: Shopify's ids have 64 bits. */
export function parseLosslessly(json: string): unknown {
  const keepDigits: Reviver = (_key, value, context) =>
    typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value) ? context?.source : value;
  return JSON.parse(json, keepDigits);
}
