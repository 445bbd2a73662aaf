import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { startDoor } from "../../sandbox/door";
import { createFaces, type ExtensionBundle } from "../../sandbox/faces/faces";
import type { Message } from "../../sandbox/mailbox/message";
import { createStore } from "../../sandbox/store/store";

type Options = { app?: RequestListener; extensionBundles?: Record<string, ExtensionBundle>; mails?: Message[] };

/** A stand-in store, its faces and an installed app, which answers 200 to everything unless `app` says otherwise. */
export async function openFaces({ app = answerOk, extensionBundles = {}, mails = [] }: Options = {}) {
  const dir = await mkdtemp(path.join(tmpdir(), "faces-"));
  const home = await listen(createServer());
  const behind = await listen(createServer(app));
  const door = await startDoor({ port: 0, target: behind.url, homeUrl: home.url });
  const store = await createStore({
    dir,
    tomlPath: path.resolve("shopify.app.toml"),
    appUrl: door.url,
    apiKey: "key",
    apiSecret: "secret",
    fast: true,
    demoShop: "featherpost-demo.myshopify.com",
  });
  const mailbox = { messages: () => mails };
  const faces = createFaces({ store, mailbox, extensionBundles, appUrl: door.url, homeUrl: home.url });
  home.server.on("request", (request, response) => {
    void faces(request, response).then((isDone) => isDone || response.writeHead(404).end("nobody"));
  });

  await store.openApp();

  return {
    homeUrl: home.url,
    appUrl: door.url,
    store,
    async close() {
      await store.stop();
      await door.stop();
      await Promise.all([home.server, behind.server].map(close));
      await rm(dir, { recursive: true });
    },
  };
}

export function variantOf(store: Awaited<ReturnType<typeof openFaces>>["store"], title: string): string {
  const variant = store.products().find((product) => product.title === title)?.variants[0];
  if (!variant) throw new Error(`The demo shop does not sell ${title}.`);
  return variant.id;
}

const answerOk: RequestListener = (request, response) => {
  request.resume();
  response.setHeader("content-type", "text/html").end("<!doctype html><title>App</title>");
};

async function listen(server: Server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function close(server: Server) {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
}
