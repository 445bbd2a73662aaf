import { db } from "~/db.server";

const DAY_MS = 86_400_000;
export const SHOWN_DAYS = 30;
/** One or two unknown keys are a person's mistakes. */
const SHOWN_FROM = 3;
/** So many in a row, with less than an hour between them, are no mistakes: somebody is told. */
const ALARMING_FROM = 20;
const ALARMING_DAYS = 1;

export type GuessingAddress = { ip: string; count: number; firstAt: Date; lastAt: Date };

/** Addresses that tried several unknown keys in a row within the last 30 days, the latest first. */
export function listGuesses(shopId: string, now: Date): Promise<GuessingAddress[]> {
  return db.guess.findMany({
    where: { shopId, count: { gte: SHOWN_FROM }, lastAt: { gt: new Date(now.getTime() - SHOWN_DAYS * DAY_MS) } },
    orderBy: { lastAt: "desc" },
    take: 50,
    select: { ip: true, count: true, firstAt: true, lastAt: true },
  });
}

/** How many addresses tried so many unknown keys within the last day that a person should know. */
export function countAlarmingGuesses(shopId: string, now: Date): Promise<number> {
  const since = new Date(now.getTime() - ALARMING_DAYS * DAY_MS);
  return db.guess.count({ where: { shopId, count: { gt: ALARMING_FROM }, lastAt: { gt: since } } });
}
