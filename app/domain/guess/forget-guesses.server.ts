import { db } from "~/db.server";
import { SHOWN_DAYS } from "./list-guesses.server";

const DAY_MS = 86_400_000;

/** Deletes what is no longer shown. */
export async function forgetGuesses(now: Date): Promise<void> {
  await db.guess.deleteMany({ where: { lastAt: { lt: new Date(now.getTime() - SHOWN_DAYS * DAY_MS) } } });
}
