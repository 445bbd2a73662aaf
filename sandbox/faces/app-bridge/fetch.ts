import { tell } from "./channel.ts";

/**
 * Gives every request of the app to itself a fresh id token, as App Bridge does. A request that the app refuses with
 * the retry header is sent once more with a new token.
 */
export function addTokensToFetch(idToken: () => Promise<string>) {
  const fetchDirectly = window.fetch.bind(window);

  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (new URL(request.url).origin !== location.origin || request.headers.has("authorization")) {
      return fetchDirectly(request);
    }
    const again = request.clone();
    const send = async (once: Request) => {
      once.headers.set("Authorization", `Bearer ${await idToken()}`);
      once.headers.set("X-Requested-With", "XMLHttpRequest");
      return fetchDirectly(once);
    };

    const response = await send(request);
    const wantsRetry = response.status === 401 && response.headers.has("X-Shopify-Retry-Invalid-Session-Request");
    const answer = wantsRetry ? await send(again) : response;

    const signInAt = answer.headers.get("X-Shopify-API-Request-Failure-Reauthorize-Url");
    if (signInAt) tell({ type: "leaveTo", href: new URL(signInAt, location.href).href });
    return answer;
  };
}
