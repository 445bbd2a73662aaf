import type { Question } from "~/ui/confirm-modal";
import type { MachineShown } from "./license-shown";

export type Confirmation =
  { intent: "remove" | "block"; machine: MachineShown; name: string } | { intent: "reset"; count: number };

/** What is asked before a machine stops working. */
export function questionOf(confirmation: Confirmation): Question {
  if (confirmation.intent === "reset") {
    const { count } = confirmation;
    return {
      title: `Remove ${count === 1 ? "the machine" : `all ${count.toLocaleString("en")} machines`}?`,
      text: "Their places are free, and each may activate again. What is blocked stays blocked.",
      destructive: true,
      button: "Remove all",
      fields: { intent: "reset" },
    };
  }
  const { intent, machine, name } = confirmation;
  if (intent === "remove") {
    return {
      title: `Remove ${name}?`,
      text: "Its place is free for another machine. It may activate again where there is a place.",
      destructive: true,
      button: "Remove",
      fields: { intent, activationId: machine.id },
    };
  }
  return {
    title: `Block ${name}?`,
    text: "Its place is free for another machine, and it gets none again on this license until you unblock it.",
    destructive: true,
    button: "Block",
    fields: { intent, fingerprint: machine.fingerprint },
  };
}
