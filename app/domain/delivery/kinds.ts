import type { DeliveryKind } from "@prisma/client";

export type { DeliveryKind };

/** What a customer is told of, in the order the screens list it. */
export const deliveryKinds = [
  "granted",
  "keys_arrived",
  "new_version",
  "fresh_link",
] as const satisfies readonly DeliveryKind[];

export function isDeliveryKind(text: string | undefined): text is DeliveryKind {
  return deliveryKinds.some((known) => known === text);
}
