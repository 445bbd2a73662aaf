import pg from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { env } from "~/env.server";
import { apiError } from "./answer-api.server";

/** Calls a minute from one address: an office full of machines behind one router. */
const ADDRESS_CALLS = 300;
/** Calls a minute about one key. */
const KEY_CALLS = 60;
/** Calls a minute with one token. */
const TOKEN_CALLS = 600;
/** Unknown keys from one address in ten minutes; then it may ask nothing for as long. */
const GUESSES = 10;
const GUESSES_SECONDS = 600;

// Its own few connections: counting must not wait behind work that waits for locks.
const counters = new pg.Pool({ connectionString: env.DATABASE_URL, max: 4, allowExitOnIdle: true });
counters.on("error", () => {}); // an idle connection that broke is replaced when it is needed

const addressLimiter = limiter("address", ADDRESS_CALLS, 60);
const tokenLimiter = limiter("token", TOKEN_CALLS, 60);
const keyLimiter = limiter("key", KEY_CALLS, 60);
const guessLimiter = limiter("guess", GUESSES, GUESSES_SECONDS);

/**
 * Counts a call from an address, across all processes.
 *
 * @throws apiError 429 when it made too many, or guesses keys
 */
export function throttleAddress(address: string | null): Promise<void> {
  return address === null ? Promise.resolve() : consume(addressLimiter, address, "Too many calls from your address.");
}

/** Counts a call about a key. @throws apiError 429 when there were too many */
export function throttleKey(keyHash: Uint8Array): Promise<void> {
  return consume(keyLimiter, Buffer.from(keyHash).toString("base64url"), "Too many calls about this key.");
}

/** Counts a call with a token. @throws apiError 429 when there were too many */
export function throttleToken(tokenId: string): Promise<void> {
  return consume(tokenLimiter, tokenId, "Too many calls with this token.");
}

/** Counts an unknown key from an address; the one too many shuts the address out for ten minutes. */
export async function countGuess(address: string | null): Promise<void> {
  if (address === null) return;

  const { consumedPoints } = await guessLimiter.penalty(address);
  if (consumedPoints >= GUESSES) await addressLimiter.block(address, GUESSES_SECONDS);
}

function limiter(keyPrefix: string, points: number, duration: number) {
  return new RateLimiterPostgres({
    storeClient: counters,
    storeType: "pool",
    tableName: "rate_limit",
    tableCreated: true,
    keyPrefix,
    points,
    duration,
    inMemoryBlockOnConsumed: points, // who is refused already costs no statement
  });
}

async function consume(limited: RateLimiterPostgres, of: string, message: string): Promise<void> {
  try {
    await limited.consume(of);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw apiError(429, "throttled", `${message} Try again in ${inWords(seconds)}.`, {
      "Retry-After": String(seconds),
    });
  }
}

function inWords(seconds: number): string {
  if (seconds === 1) return "1 second";
  return seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}
