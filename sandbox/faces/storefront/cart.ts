import { digitsOf } from "../../store/identifiers.ts";
import type { Product, Variant } from "../../store/store.ts";
import type { FacesContext } from "../context.ts";
import { setCookie, type Exchange } from "../exchange.ts";

export type CartLine = { product: Product; variant: Variant; quantity: number };

const MOST_UNITS = 99;

/** What the visitor's cookie holds and the shop still sells. */
export function readCart({ cookies }: Exchange, { store }: FacesContext): CartLine[] {
  return (cookies.cart ?? "").split(",").flatMap((entry) => {
    const [digits = "", units] = entry.split("x");
    const found = /^\d+$/.test(digits) ? store.findVariant(digits) : null;
    const quantity = wholeUnits(units);
    return found && quantity > 0 ? [{ ...found, quantity }] : [];
  });
}

export function writeCart(exchange: Exchange, lines: CartLine[]) {
  const entries = lines
    .filter(({ quantity }) => quantity > 0)
    .map(({ variant, quantity }) => `${digitsOf(variant.id)}x${quantity}`);
  setCookie(exchange, "cart", entries.length > 0 ? entries.join(",") : null);
}

export function withUnits(lines: CartLine[], added: CartLine): CartLine[] {
  const isThere = lines.some(({ variant }) => variant.id === added.variant.id);
  if (!isThere) return [...lines, added];
  return lines.map((line) =>
    line.variant.id === added.variant.id
      ? { ...line, quantity: Math.min(MOST_UNITS, line.quantity + added.quantity) }
      : line,
  );
}

export function wholeUnits(text: string | null | undefined): number {
  const units = Number(text);
  return Number.isInteger(units) && units > 0 ? Math.min(units, MOST_UNITS) : 0;
}

export function countUnits(lines: CartLine[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

export function sumCents(lines: CartLine[]): number {
  return lines.reduce((sum, { variant, quantity }) => sum + variant.priceCents * quantity, 0);
}
