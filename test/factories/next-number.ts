let last = 0;

/** Counts up through a test file: makes names and Shopify ids that differ. */
export function nextNumber(): number {
  last += 1;
  return last;
}
