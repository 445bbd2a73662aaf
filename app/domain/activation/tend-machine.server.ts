import { z } from "zod";
import { freeActivation, type FreeActivationInput, type FreeActivationResult } from "./free-activation.server";
import { MachineName } from "./machine";
import { nameActivation } from "./name-activation.server";

const TendForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("free") }),
  z.object({ intent: z.literal("name"), name: MachineName }),
]);

export type TendMachineResult =
  FreeActivationResult | { kind: "named" } | { kind: "refused"; reason: "machine_name"; frees: null };

/** What a customer's page asks of a machine: `intent=free`, or `intent=name` with a name. */
export async function tendMachine({
  form,
  ...input
}: FreeActivationInput & { form: Record<string, unknown> }): Promise<TendMachineResult> {
  const asked = TendForm.safeParse(form);
  if (!asked.success) return { kind: "refused", reason: "machine_name", frees: null };
  if (asked.data.intent === "free") return freeActivation(input);

  const result = await nameActivation({ ...input, name: asked.data.name });
  return result.kind === "named" ? result : { ...result, frees: null };
}
