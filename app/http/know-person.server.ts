import { knowsPerson } from "~/domain/shop/knows-person.server";
import { rememberPerson } from "~/domain/shop/remember-person.server";
import { exchangeForPerson } from "~/shopify.server";

const RETRY_AFTER_MS = 10 * 60_000;

const asking = new Map<string, Promise<void>>();
const failedAt = new Map<string, number>();

/**
 * Learns from Shopify what the staff member is called who holds this session token, unless it is known: one exchange
 * of the token a day and person. Without an answer the audit names them by number, and Shopify is asked again later.
 *
 * @param sessionToken  valid and of this shop
 */
export async function knowPerson(domain: string, userId: string, sessionToken: string): Promise<void> {
  if (!/^\d{1,18}$/.test(userId)) return;
  const person = `${domain} ${userId}`;
  if (Date.now() - (failedAt.get(person) ?? 0) < RETRY_AFTER_MS) return;
  if (await knowsPerson(domain, BigInt(userId), new Date())) return;

  const asked = asking.get(person) ?? ask(domain, userId, sessionToken).finally(() => asking.delete(person));
  asking.set(person, asked);
  await asked;
}

async function ask(domain: string, userId: string, sessionToken: string) {
  const person = await exchangeForPerson(domain, sessionToken);
  if (person) await rememberPerson({ domain, userId: BigInt(userId), ...person });
  else failedAt.set(`${domain} ${userId}`, Date.now());
}
