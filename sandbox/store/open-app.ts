import { refuse } from "./refusal.ts";

const limitMs = 30_000;
const browser = "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

/**
 * Asks for the app's page as the merchant's browser does when the app is opened in the admin.
 *
 * @throws StoreRefusal `app_did_not_open`
 */
export async function openAppIn(address: string, shop: string): Promise<void> {
  const answer = await fetch(address, {
    headers: { "User-Agent": browser, Accept: "text/html", "Sec-Fetch-Dest": "iframe" },
    redirect: "manual",
    signal: AbortSignal.timeout(limitMs),
  }).catch((error: unknown) => refuse(502, "app_did_not_open", `The app did not answer ${shop}: ${reasonOf(error)}.`));
  await answer.arrayBuffer();
  if (!answer.ok)
    refuse(502, "app_did_not_open", `The app answered ${shop} with status ${answer.status} instead of its page.`);
}

function reasonOf(error: unknown) {
  return error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : String(error);
}
