import { z } from "zod";

const END_CHARACTERS = 6;

/** Enough of a fingerprint to tell a customer's machines apart, and too little to pass for one. */
export function fingerprintEnd(fingerprint: string): string {
  const characters = Array.from(fingerprint);
  return characters.slice(-Math.min(END_CHARACTERS, Math.ceil(characters.length / 2))).join("");
}

/** What a machine is called where it must be called something. */
export function machineText({ name, fingerprint }: { name: string | null; fingerprint: string }): string {
  return name ?? `…${fingerprintEnd(fingerprint)}`;
}

/** A name as it may stand on a page: one line, without what cannot be seen. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, " ").trim();
}

/** A machine's name as a person types it: one line of 1 to 60 characters. */
export const MachineName = z
  .string()
  .transform(oneLine)
  .pipe(z.string().min(1, "Enter a name").max(60, "Enter at most 60 characters"));
