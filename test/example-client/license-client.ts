/** What the machine keeps between starts: in a file, in localStorage, wherever you like. */
export type Kept = { key: string; offline: string; keys: { kid: string; x: string }[] };
export type Claims = {
  productId: string | null;
  keyEnd: string;
  fingerprint: string;
  expiresAt: string | null;
  exp: number;
};
type Options = {
  appUrl: string;
  shop: string;
  /** What tells this machine from others. */
  fingerprint: string;
  /** What your software is, as `gid://shopify/Product/…`: without it a key of any product in the shop opens it. */
  product?: string;
  fetch?: typeof fetch;
};

/** Needs fetch and WebCrypto only: browsers, Node 20, Deno, Bun. Refusals throw the sentence to show. */
export function licenseClient({ appUrl, shop, fingerprint, product, fetch = globalThis.fetch }: Options) {
  async function call(path: string, body?: object) {
    const init = body && { method: "POST", body: JSON.stringify({ shop, fingerprint, product, ...body }) };
    const response = await fetch(`${appUrl}/api/licenses/${path}`, init);
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error.message);
    return answer;
  }

  async function keep(key: string, offline: string): Promise<Kept> {
    return { key, offline, keys: (await call(`jwks?shop=${shop}`)).keys };
  }

  return {
    /** When the customer enters their key. Keep what it answers. */
    async activate(key: string, name?: string): Promise<Kept> {
      return keep(key, (await call("activate", { key, name })).offline);
    },
    /** Now and then, when online: what to keep from now on; null when the license is no longer good. */
    async renew({ key }: Kept): Promise<Kept | null> {
      const { valid, offline } = await call("validate", { key });
      return valid ? keep(key, offline) : null;
    },
    /** At every start, without asking anyone: the license, or null when it is forged, another's or over. */
    async check({ offline, keys }: Kept, now = new Date()): Promise<Claims | null> {
      const [header = "", payload = "", signature = ""] = offline.split(".");
      const { kid, alg } = JSON.parse(text(header));
      const key = keys.find((one) => one.kid === kid);
      if (!key || alg !== "EdDSA") return null;
      const jwk = { kty: "OKP", crv: "Ed25519", x: key.x };
      const publicKey = await crypto.subtle.importKey("jwk", jwk, "Ed25519", false, ["verify"]);
      const signed = new TextEncoder().encode(`${header}.${payload}`);
      if (!(await crypto.subtle.verify("Ed25519", publicKey, bytes(signature), signed))) return null;
      const claims: Claims = JSON.parse(text(payload));
      if (claims.fingerprint !== fingerprint || (product && claims.productId !== product)) return null;
      return now.getTime() < claims.exp * 1000 ? claims : null;
    },
    /** Before the customer moves to another machine. Throw away what was kept. */
    async deactivate({ key }: Kept): Promise<void> {
      await call("deactivate", { key });
    },
  };
}

function bytes(base64url: string) {
  return Uint8Array.from(atob(base64url.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
}

function text(base64url: string) {
  return new TextDecoder().decode(bytes(base64url));
}
