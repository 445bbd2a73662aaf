/** What decides whether a grant may be downloaded, as it stands now. */
export type GatedGrant = {
  state: "active" | "waiting" | "held" | "revoked";
  expiresAt: Date | null;
  /** Downloads so far, and allowed in all; null: unlimited. */
  used: number;
  downloadLimit: number | null;
  gives: "file" | "link" | "key";
  /** The attachment plays in the page and is not downloaded. */
  isStreamOnly: boolean;
  /** A version is there that the grant may have; says nothing for links and keys. */
  hasVersion: boolean;
};

/** In the order they are asked; each is named by what it refuses for. */
export const gateReasons = [
  "revoked",
  "held",
  "waiting",
  "expired",
  "stream_only",
  "file_not_ready",
  "limit_reached",
] as const;

export type GateReason = (typeof gateReasons)[number];

export type Check = {
  check: GateReason;
  passed: boolean;
  /** What was looked at, in English, for the merchant. */
  detail: string;
};

/**
 * Every check a download has to pass, in order: the first that fails decides.
 *
 * What is counted is checked again by the statement that counts (`start-download.server.ts`), so that it
 * holds however many arrive at once; a test holds the two together.
 *
 * @param now  a grant expires at, not after, `expiresAt`
 */
export function checksOf(grant: GatedGrant, now: Date): Check[] {
  return gateReasons.map((check) => ({ check, ...rules[check](grant, now) }));
}

/** Why it may not be downloaded; null: it may. */
export function refusalOf(checks: Check[]): GateReason | null {
  return checks.find(({ passed }) => !passed)?.check ?? null;
}

type Rule = (grant: GatedGrant, now: Date) => Omit<Check, "check">;

const rules: Record<GateReason, Rule> = {
  revoked: ({ state }) => ({
    passed: state !== "revoked",
    detail: state === "revoked" ? "The grant was revoked" : "The grant is not revoked",
  }),
  held: ({ state }) => ({
    passed: state !== "held",
    detail: state === "held" ? "The order is held until a person releases it" : "The order is not held",
  }),
  waiting: ({ state, gives }) => ({
    passed: state !== "waiting",
    detail:
      state === "waiting"
        ? "The pool was empty: it waits for a key"
        : gives === "key"
          ? "It has its key"
          : "It waits for nothing",
  }),
  expired: ({ expiresAt }, now) => ({
    passed: expiresAt === null || expiresAt > now,
    detail:
      expiresAt === null ? "It has no end" : `It ${expiresAt > now ? "ends" : "ended"} at ${expiresAt.toISOString()}`,
  }),
  stream_only: ({ isStreamOnly }) => ({
    passed: !isStreamOnly,
    detail: isStreamOnly ? "It plays on the page and is not downloaded" : "It may be downloaded",
  }),
  file_not_ready: ({ gives, hasVersion }) => ({
    passed: gives !== "file" || hasVersion,
    detail:
      gives !== "file" ? "It gives no file" : hasVersion ? "The file is there" : "The file is still being uploaded",
  }),
  limit_reached: ({ used, downloadLimit }) => ({
    passed: downloadLimit === null || used < downloadLimit,
    detail: `${used} of ${downloadLimit ?? "any number of"} downloads used`,
  }),
};
