import { createHash } from "node:crypto";
import type { OrderFacts } from "./order-facts";

/** SHA-256 over what decides: two facts of one second with the same hash say the same. */
export function factsHash(facts: OrderFacts): Uint8Array<ArrayBuffer> {
  const deciding = [
    facts.financialStatus,
    facts.isFree,
    facts.cancelledAt?.toISOString() ?? null,
    facts.lines.map((line) => [line.shopifyId, line.currentQuantity]).sort(),
  ];
  return Uint8Array.from(createHash("sha256").update(JSON.stringify(deciding)).digest());
}

/** How a checkout token is kept: it opens an order, so only its SHA-256 is stored. */
export function checkoutTokenHash(token: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHash("sha256").update(token).digest());
}
