import type { Question } from "~/ui/confirm-modal";
import type { GrantShown } from "./grant-shown";

export type Confirmation = "revoke" | "restore" | "reset";

/** What is asked before a grant is changed. */
export function questionOf(confirmation: Confirmation, { id, title, kind, key }: GrantShown): Question {
  const isKey = kind === "key";
  const words: Record<Confirmation, Omit<Question, "fields">> = {
    revoke: {
      title: `Revoke ${title}?`,
      text: isKey
        ? "The customer no longer sees this key, and nobody else will get it. You can restore it later."
        : "The customer can no longer open it. You can restore it later.",
      button: "Revoke",
      destructive: true,
    },
    restore: {
      title: `Restore ${title}?`,
      text: isKey
        ? `The customer gets ${key ? "the same key back" : "a key, or waits for one while the pool is empty"}.`
        : "The customer can open it again, with the downloads and the time that were left.",
      button: "Restore",
    },
    reset: {
      title: `Reset the count of ${title}?`,
      text: "The customer can use all its downloads again. The history of downloads stays.",
      button: "Reset count",
    },
  };
  return { ...words[confirmation], fields: { intent: confirmation, grantId: id } };
}
