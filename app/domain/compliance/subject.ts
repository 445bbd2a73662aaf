import { z } from "zod";

/** Whom a privacy request is about; all empty for a whole shop. */
export const Subject = z.object({
  /** gid://shopify/Customer/… */
  customerId: z.string().nullable(),
  email: z.string().nullable(),
  /** gid://shopify/Order/… */
  orderIds: z.array(z.string()),
});

export type Subject = z.infer<typeof Subject>;
