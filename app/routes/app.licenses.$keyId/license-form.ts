import { z } from "zod";
import { MachineName } from "~/domain/activation/machine";

const fingerprint = z.string().min(1, "Enter a fingerprint").max(255, "Enter at most 255 characters");
const activationId = z.uuid();

/** The last moment of a day, or none. */
const endsOn = z
  .literal("")
  .transform(() => null)
  .or(z.iso.date("Enter a day").transform((day) => new Date(`${day}T23:59:59.999Z`)));

const note = z
  .string()
  .max(500, "Enter at most 500 characters")
  .transform((text) => text.trim() || null);

/** What the page of a license asks for. */
export const LicenseForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.enum(["reveal", "reset"]) }),
  z.object({ intent: z.enum(["remove", "suspend", "resume"]), activationId }),
  z.object({ intent: z.enum(["block", "unblock"]), fingerprint }),
  z.object({
    intent: z.literal("add"),
    fingerprint,
    name: z
      .literal("")
      .transform(() => null)
      .or(MachineName),
  }),
  z.object({
    intent: z.literal("change"),
    limit: z.enum(["pool", "own", "unlimited"]),
    machines: z
      .string()
      .regex(/^\d{0,9}$/, "Enter a whole number")
      .transform(Number)
      .pipe(z.number().min(1, "Enter 1 or more").max(1_000_000, "Enter at most 1,000,000")),
    endsOn,
    note,
  }),
]);
