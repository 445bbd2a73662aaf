import type { IncomingMessage, ServerResponse } from "node:http";
import { StoreRefusal } from "../store/store.ts";
import { answerAccount } from "./account/account.ts";
import { answerAdmin } from "./admin/admin.ts";
import { passToApp, proxyOf } from "./app-proxy.ts";
import { createAssets } from "./assets.ts";
import type { FacesContext, FacesOptions } from "./context.ts";
import { comesFromHere, FaceRefusal, openExchange, sendAsset, sendPage, type Exchange } from "./exchange.ts";
import { html } from "./html.ts";
import { answerHome } from "./home.ts";
import { answerInbox } from "./inbox.ts";
import { page, type FaceName } from "./page.ts";
import { answerStorefront } from "./storefront/storefront.ts";

export type { ExtensionBundle } from "./context.ts";

type Answer = (exchange: Exchange, context: FacesContext) => boolean | Promise<boolean>;

const faces: [under: string, name: FaceName, answer: Answer][] = [
  ["/admin", "admin", answerAdmin],
  ["/storefront", "storefront", answerStorefront],
  ["/account", "account", answerAccount],
  ["/inbox", "inbox", answerInbox],
];

/**
 * What a person with a browser sees of the sandbox: home, admin, storefront, account and inbox.
 *
 * @returns a handler for the home server; it answers false, and has written nothing, when the address is not a face's.
 */
export function createFaces(
  options: FacesOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  const context: FacesContext = { ...options, assets: createAssets() };

  return async (request, response) => {
    const exchange = openExchange(request, response);
    const path = exchange.url.pathname;
    const [, name, answer] = faces.find(([under]) => path === under || path.startsWith(`${under}/`)) ?? [
      "/",
      "home",
      answerHome,
    ];
    try {
      if (await answerAsset(exchange, context)) return true;
      const proxy = proxyOf(exchange, context);
      if (proxy) {
        await passToApp(exchange, context, proxy);
        return true;
      }
      const isFace = path === "/" || path === "/faults" || name !== "home";
      if (!isFace) return false;
      if (exchange.method !== "GET" && !comesFromHere(exchange))
        throw new FaceRefusal(403, "This form was sent from another site.");
      if (!(await answer(exchange, context))) throw new FaceRefusal(404, "There is no such page here.");
    } catch (error) {
      answerError(exchange, name, error);
    }
    return true;
  };
}

/** `/app-bridge.js`, and everything under `/faces/`. */
async function answerAsset(exchange: Exchange, { assets }: FacesContext): Promise<boolean> {
  const path = exchange.url.pathname;
  const name =
    path === "/app-bridge.js" ? "app-bridge.js" : path.startsWith("/faces/") ? path.slice("/faces/".length) : null;
  if (name === null || exchange.method !== "GET") return false;
  const asset = await assets.find(name);
  if (!asset) throw new FaceRefusal(404, "There is no such file here.");
  sendAsset(exchange, asset.body, asset.contentType);
  return true;
}

function answerError(exchange: Exchange, face: FaceName, error: unknown) {
  const isRefusal = error instanceof FaceRefusal || error instanceof StoreRefusal;
  if (!isRefusal) console.error(error);
  if (exchange.response.headersSent) {
    exchange.response.destroy();
    return;
  }
  const words = isRefusal
    ? error.message
    : `This page broke: ${error instanceof Error ? error.message : String(error)}`;
  sendPage(
    exchange,
    page({
      title: "Not this way",
      face,
      style: "home.css",
      body: html`<main id="content" class="home lost">
        <h1>${words}</h1>
        <p><a href="/">Back to the sandbox</a></p>
      </main>`,
    }),
    isRefusal ? error.status : 500,
  );
}
