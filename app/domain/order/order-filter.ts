/** Only orders of which something is held back, which Shopify did not take as fulfilled, or which are disputed. */
export const orderFilters = ["held", "unfulfilled", "disputed"] as const;
export type OrderFilter = (typeof orderFilters)[number];
