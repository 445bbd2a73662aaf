import type { HeldLicense } from "~/domain/license/held-license";
import { findHeldLicense } from "~/domain/license/list-held-licenses.server";
import { findToken } from "~/domain/token/find-token.server";
import type { TokenScope } from "~/domain/token/scopes";
import { callerOf, type Caller } from "~/http/caller";
import { addressOf } from "./address-of";
import { answerApi, apiError, type Answer, type ApiRequest } from "./answer-api.server";
import type { ApiCall } from "./call";
import { throttleAddress, throttleToken } from "./throttle.server";

export type TokenCaller = {
  shopId: string;
  /** Whether the texts of keys may be told. */
  withKeys: boolean;
  actor: { id: `token:${string}` } & Caller;
};

/**
 * The software that calls, by its bearer token.
 *
 * Whoever has no good token is counted by address; others by their token.
 *
 * @param needs  the scopes of the call
 * @throws apiError 401, 403 or 429
 */
async function askedByToken(request: Request, needs: readonly TokenScope[], now: Date): Promise<TokenCaller> {
  const caller = callerOf(request);
  const text = /^Bearer +(\S+) *$/i.exec(request.headers.get("Authorization") ?? "")?.[1];
  if (text === undefined) {
    await throttleAddress(addressOf(caller.ip));
    throw unauthorized("missing_token", "Send your token: Authorization: Bearer fp_…");
  }
  const token = await findToken(text, now);
  if (!token) {
    await throttleAddress(addressOf(caller.ip));
    throw unauthorized("unknown_token", "This token is wrong or revoked, or its shop no longer uses the app.");
  }
  await throttleToken(token.id);
  const missing = needs.filter((scope) => !token.scopes.includes(scope));
  if (missing.length > 0) {
    throw apiError(403, "missing_scope", `The token “${token.name}” was not made for this: ${missing.join(", ")}.`);
  }
  const withKeys = token.scopes.includes("licenses:read");
  return { shopId: token.shopId, withKeys, actor: { id: `token:${token.id}`, ...caller } };
}

/** Answers a call for software with a token: `answerApi`, with the token asked for before anything is read. */
export function answerByToken<Call extends ApiCall & { security: readonly TokenScope[] }>(
  call: Call,
  args: { request: Request; params: Record<string, string | undefined> },
  work: (asked: ApiRequest<Call>, caller: TokenCaller, now: Date) => Promise<Answer<Call>>,
): Promise<Response> {
  const now = new Date();
  let caller: Promise<TokenCaller> | null = null;
  const known = () => (caller ??= askedByToken(args.request, call.security, now));
  const guard = async () => void (await known());
  return answerApi(call, args, async (asked) => work(asked, await known(), now), { guard });
}

/** The license of that id, as the caller may see it. @throws apiError 404 when the shop has none */
export async function askedHeldLicense(
  { shopId, withKeys }: TokenCaller,
  id: string,
  now: Date,
): Promise<{ license: HeldLicense }> {
  const license = await findHeldLicense({ shopId, id, withKeys, now });
  if (!license) throw unknownLicense();
  return { license };
}

export function unknownLicense() {
  return apiError(404, "unknown_license", "This shop has no such license.");
}

function unauthorized(code: string, message: string) {
  return apiError(401, code, message, { "WWW-Authenticate": "Bearer" });
}
