import { digitsOf } from "../store/identifiers.ts";
import { proxySignature } from "../store/hmac.ts";
import { readBody } from "../store/read-body.ts";
import type { AppProxy } from "../store/store.ts";
import type { FacesContext } from "./context.ts";
import { FaceRefusal, type Exchange } from "./exchange.ts";
import { signedInCustomer } from "./visitor.ts";

/** What Shopify passes on; cookies and the address the browser came from are none of it. */
const PASSED_ON = ["accept", "accept-language", "content-type", "user-agent", "range"];
const MAX_BODY_BYTES = 1024 * 1024;
const KEPT_BACK = new Set([
  "set-cookie",
  "connection",
  "keep-alive",
  "transfer-encoding",
  "content-encoding",
  "content-length",
]);

/** The app's proxy when this address of the shop's site is under it. */
export function proxyOf({ url }: Exchange, { store }: FacesContext): AppProxy | null {
  const { proxy } = store.app;
  const isUnder = proxy && (url.pathname === proxy.shopPath || url.pathname.startsWith(`${proxy.shopPath}/`));
  return isUnder ? proxy : null;
}

/**
 * Passes a request on to the app as Shopify does: signed, with who is signed in, without cookies either way.
 *
 * https://shopify.dev/docs/apps/build/online-store/app-proxies/authenticate-app-proxies
 */
export async function passToApp(exchange: Exchange, context: FacesContext, { shopPath, appPath }: AppProxy) {
  const { request, response, url } = exchange;
  const { store, appUrl } = context;
  const customer = signedInCustomer(exchange, context);
  const query = new URLSearchParams(url.search);
  query.set("shop", store.demoShop);
  query.set("logged_in_customer_id", (customer && digitsOf(customer.id)) ?? "");
  query.set("path_prefix", shopPath);
  query.set("timestamp", String(Math.floor(Date.now() / 1000)));
  query.delete("signature");
  query.set("signature", proxySignature(query, store.apiSecret));

  const headers = new Headers({ "X-Forwarded-For": request.socket.remoteAddress ?? "127.0.0.1" });
  for (const name of PASSED_ON) if (request.headers[name]) headers.set(name, String(request.headers[name]));
  const isRead = request.method === "GET" || request.method === "HEAD";
  const body = isRead ? null : await readBody(request, MAX_BODY_BYTES);
  const address = new URL(`${appPath}${url.pathname.slice(shopPath.length)}?${query.toString()}`, appUrl);
  const { method } = request;
  const answer = await fetch(address, { method, headers, body, redirect: "manual" }).catch(() => {
    throw new FaceRefusal(502, "Featherpost is not answering. It may still be starting: wait a moment and try again.");
  });

  const passedBack = [...answer.headers].filter(([name]) => !KEPT_BACK.has(name));
  response.writeHead(answer.status, Object.fromEntries(passedBack));
  response.end(Buffer.from(await answer.arrayBuffer()));
}
