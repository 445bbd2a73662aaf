export type Caller = { ip: string | null; userAgent: string | null };

const USER_AGENT_MAX = 400;

/**
 * Where a request came from, for the record.
 *
 * The address is the one the nearest proxy saw (the last of X-Forwarded-For): what stands before it is
 * whatever the caller wrote.
 */
export function callerOf(request: Request): Caller {
  const hops = (request.headers.get("X-Forwarded-For") ?? "").split(",").map((hop) => hop.trim());
  return {
    ip: hops.at(-1) || null,
    userAgent: request.headers.get("User-Agent")?.slice(0, USER_AGENT_MAX) ?? null,
  };
}
