import type { AdminReply } from "./admin-request.ts";
import type { IssuedOffline } from "./access-tokens.ts";
import type { Shop } from "./model.ts";
import type { Store } from "./store.ts";
import { idTokenProblem, staffMember } from "./tokens.ts";

const exchangeGrant = "urn:ietf:params:oauth:grant-type:token-exchange";
const idTokenType = "urn:ietf:params:oauth:token-type:id_token";
const offlineType = "urn:shopify:params:oauth:token-type:offline-access-token";
const onlineType = "urn:shopify:params:oauth:token-type:online-access-token";

/** `POST /admin/oauth/access_token`: an id token for access tokens, or a refresh token for the next pair. */
export function exchangeToken(text: string, contentType: string, shop: Shop, store: Store): AdminReply {
  const fields = fieldsOf(text, contentType);
  if (!fields) return refused(400, "invalid_request", "The body is neither JSON nor a form.");
  if (fields.client_id !== store.apiKey)
    return refused(400, "application_cannot_be_found", "No application has this client_id.");
  if (fields.client_secret !== store.apiSecret) {
    return refused(
      401,
      "invalid_client",
      "Client authentication failed due to unknown client or unsupported authentication method.",
    );
  }
  if (!shop.installedAt) return refused(400, "app_not_installed", "The application is not installed on this shop.");

  const scope = shop.grantedScopes.join(",");
  if (fields.grant_type === "refresh_token") {
    const next = store.accessTokens.refresh(fields.refresh_token ?? "", shop.domain);
    return next ? given(next, scope) : refused(400, "invalid_grant", "The refresh token is unknown, used or expired.");
  }
  if (fields.grant_type !== exchangeGrant)
    return refused(400, "unsupported_grant_type", `The grant type ${fields.grant_type} is not supported.`);
  if (fields.subject_token_type !== idTokenType)
    return refused(400, "invalid_request", "subject_token_type must be an id token.");
  const problem = idTokenProblem(fields.subject_token ?? "", shop.domain, store.apiKey, store.apiSecret);
  if (problem) return refused(400, "invalid_subject_token", problem);

  if (fields.requested_token_type === onlineType) return online(shop, store, scope);
  if (fields.requested_token_type !== offlineType) {
    return refused(
      400,
      "invalid_requested_token_type",
      "requested_token_type must be an offline or an online access token.",
    );
  }
  if (fields.expiring === "1" || fields.expiring === "true")
    return given(store.accessTokens.issueExpiringOffline(shop.domain), scope);
  return { status: 200, body: { access_token: store.accessTokens.issueLastingOffline(shop.domain), scope } };
}

function given(issued: IssuedOffline, scope: string): AdminReply {
  return {
    status: 200,
    body: {
      access_token: issued.accessToken,
      scope,
      expires_in: issued.expiresInSeconds,
      refresh_token: issued.refreshToken,
      refresh_token_expires_in: issued.refreshExpiresInSeconds,
    },
  };
}

function online(shop: Shop, store: Store, scope: string): AdminReply {
  const { accessToken, expiresInSeconds } = store.accessTokens.issueOnline(shop.domain);
  return {
    status: 200,
    body: {
      access_token: accessToken,
      scope,
      expires_in: expiresInSeconds,
      associated_user_scope: scope,
      associated_user: {
        id: staffMember.id,
        first_name: staffMember.firstName,
        last_name: staffMember.lastName,
        email: staffMember.email,
        email_verified: true,
        account_owner: true,
        locale: shop.locale,
        collaborator: false,
      },
    },
  };
}

function fieldsOf(text: string, contentType: string): Record<string, string> | null {
  if (contentType.includes("x-www-form-urlencoded")) return Object.fromEntries(new URLSearchParams(text));
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return null;
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, String(field)]));
  } catch {
    return null;
  }
}

function refused(status: number, error: string, description: string): AdminReply {
  return { status, body: { error, error_description: description } };
}
