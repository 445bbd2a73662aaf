// Loaded with `node --import` into the app's web and worker processes, so that the app itself needs no branch for the
// sandbox: every call to a shop goes to the stand-in store, and no other call may leave this machine.

const storeUrl = process.env.SANDBOX_SHOPIFY_URL;
if (!storeUrl) throw new Error("SANDBOX_SHOPIFY_URL is not set: it must be the URL of the sandbox's stand-in store.");

const fetchDirectly = globalThis.fetch;

/** Sends `https://{shop}.myshopify.com` to the stand-in store, with method, headers, body and abort signal as they were. */
globalThis.fetch = async function fetchInsideTheSandbox(input, init) {
  const url = new URL(input instanceof Request ? input.url : String(input));
  if (isShop(url)) {
    const request = new Request(input, init);
    const redirected = new Request(new URL(url.pathname + url.search, storeUrl), request);
    redirected.headers.set("x-sandbox-shop", url.hostname);
    return fetchDirectly(redirected);
  }
  if (staysHere(url)) return fetchDirectly(input, init);
  throw new TypeError(
    `The sandbox lets nothing leave this machine, so this call was refused: ${url.origin}${url.pathname}`,
  );
};

function isShop(url) {
  return url.protocol === "https:" && url.hostname.endsWith(".myshopify.com");
}

function staysHere(url) {
  if (url.protocol !== "http:" && url.protocol !== "https:") return true;
  const host = url.hostname;
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}
