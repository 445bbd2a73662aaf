import { randomBytes } from "node:crypto";
import type { Journal } from "./journal.ts";

const offlineLifeSeconds = 3_600;
const onlineLifeSeconds = 86_399;
const refreshLifeSeconds = 7_776_000;

type AccessToken = {
  token: string;
  shop: string;
  kind: "offline" | "online";
  /** milliseconds since 1970; null: never */
  expiresAt: number | null;
};

type RefreshToken = { token: string; shop: string; expiresAt: number };

export type IssuedOffline = {
  accessToken: string;
  expiresInSeconds: number;
  refreshToken: string;
  refreshExpiresInSeconds: number;
};

/** The access tokens that shops gave to the app. */
export class AccessTokens {
  readonly #journal: Journal;
  readonly #access = new Map<string, AccessToken>();
  readonly #refresh = new Map<string, RefreshToken>();

  constructor(journal: Journal) {
    this.#journal = journal;
    for (const token of journal.list<AccessToken>("accessToken")) this.#access.set(token.token, token);
    for (const token of journal.list<RefreshToken>("refreshToken")) this.#refresh.set(token.token, token);
  }

  /** An offline token that lives an hour, and the refresh token that gets the next one. */
  issueExpiringOffline(shop: string): IssuedOffline {
    const accessToken = this.#issue(shop, "offline", offlineLifeSeconds);
    const refresh = { token: secret("shprt"), shop, expiresAt: Date.now() + refreshLifeSeconds * 1000 };
    this.#refresh.set(refresh.token, refresh);
    this.#journal.put("refreshToken", refresh.token, refresh);
    return {
      accessToken,
      expiresInSeconds: offlineLifeSeconds,
      refreshToken: refresh.token,
      refreshExpiresInSeconds: refreshLifeSeconds,
    };
  }

  issueLastingOffline(shop: string): string {
    return this.#issue(shop, "offline", null);
  }

  issueOnline(shop: string): { accessToken: string; expiresInSeconds: number } {
    return { accessToken: this.#issue(shop, "online", onlineLifeSeconds), expiresInSeconds: onlineLifeSeconds };
  }

  /** A refresh token works once. @returns null when it is unknown, used, expired or another shop's */
  refresh(token: string, shop: string): IssuedOffline | null {
    const known = this.#refresh.get(token);
    if (!known || known.shop !== shop || known.expiresAt < Date.now()) return null;
    this.#refresh.delete(token);
    this.#journal.remove("refreshToken", token);
    return this.issueExpiringOffline(shop);
  }

  isGood(token: string, shop: string): boolean {
    const known = this.#access.get(token);
    return known !== undefined && known.shop === shop && (known.expiresAt === null || known.expiresAt > Date.now());
  }

  /** Ends every token of a shop at once. */
  revoke(shop: string) {
    for (const { token } of [...this.#access.values()].filter((known) => known.shop === shop)) {
      this.#access.delete(token);
      this.#journal.remove("accessToken", token);
    }
    for (const { token } of [...this.#refresh.values()].filter((known) => known.shop === shop)) {
      this.#refresh.delete(token);
      this.#journal.remove("refreshToken", token);
    }
  }

  #issue(shop: string, kind: AccessToken["kind"], lifeSeconds: number | null): string {
    const token = secret(kind === "offline" ? "shpat" : "shpua");
    const access = { token, shop, kind, expiresAt: lifeSeconds === null ? null : Date.now() + lifeSeconds * 1000 };
    this.#access.set(token, access);
    this.#journal.put("accessToken", token, access);
    return token;
  }
}

function secret(prefix: string) {
  return `${prefix}_${randomBytes(16).toString("hex")}`;
}
