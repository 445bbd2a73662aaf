import {
  Agent,
  createServer,
  request as ask,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline, Transform, type TransformCallback } from "node:stream";
import { StringDecoder } from "node:string_decoder";

export type DoorOptions = {
  /** Where to listen, on 127.0.0.1; 0 takes a free port. */
  port: number;
  /** Where the app itself listens, such as `http://127.0.0.1:4405`. */
  target: string;
  /** The sandbox's home: it serves the App Bridge stand-in and may frame the app. */
  homeUrl: string;
};

export type Door = { url: string; port: number; stop(): Promise<void> };

const APP_BRIDGE = "https://cdn.shopify.com/shopifycloud/app-bridge.js";
const SHOPIFY_CDN = "cdn.shopify.com";

/** Where a customer of any shop signs in; here the account face is that. */
const SHOP_ACCOUNT = /href="https:\/\/[a-z0-9-]+\.myshopify\.com\/account"/g;

/** Longest unfinished tag that is kept back while more of a page arrives. */
const UNFINISHED_TAG_CHARS = 64 * 1024;

const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/**
 * The app's front door: what a browser reaches instead of the app itself.
 *
 * Shopify serves App Bridge from its own CDN and each shop's account, and is the only site that the app lets frame
 * it. None of it holds on a laptop, so documents have these rewritten here; everything else passes untouched and is
 * never gathered in memory.
 *
 * @throws when the port is taken.
 */
export async function startDoor({ port, target, homeUrl }: DoorOptions): Promise<Door> {
  const app = new URL(target);
  const agent = new Agent({ keepAlive: true });
  const server = createServer((request, response) => pass(request, response, { app, agent, homeUrl }));
  server.requestTimeout = 0;

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const actualPort = (server.address() as AddressInfo).port;

  return {
    url: `http://127.0.0.1:${actualPort}`,
    port: actualPort,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        agent.destroy();
      }),
  };
}

type Way = { app: URL; agent: Agent; homeUrl: string };

function pass(request: IncomingMessage, response: ServerResponse, { app, agent, homeUrl }: Way) {
  const onward = ask({
    agent,
    host: app.hostname,
    port: app.port,
    method: request.method,
    path: request.url,
    headers: headersToApp(request),
  });

  onward.on("response", (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, headersFromApp(answer, homeUrl));
    const parts = isPlainHtml(answer.headers) ? [answer, rewritePage(homeUrl), response] : [answer, response];
    pipeline(parts, (error) => {
      if (error) answer.destroy();
    });
  });
  onward.on("error", (error) => {
    if (response.headersSent) response.destroy();
    else answerDown(request, response, error);
  });
  response.on("close", () => {
    if (!response.writableFinished) onward.destroy();
  });
  request.on("error", () => onward.destroy());
  request.pipe(onward);
}

function headersToApp(request: IncomingMessage): IncomingHttpHeaders {
  const headers = withoutHopByHop(request.headers);
  const client = request.socket.remoteAddress ?? "127.0.0.1";
  const before = request.headers["x-forwarded-for"];
  headers["x-forwarded-for"] = before ? `${String(before)}, ${client}` : client;
  headers["x-forwarded-proto"] = "http";
  if (request.headers.host) headers["x-forwarded-host"] = request.headers.host;
  if (wantsPage(request)) delete headers["accept-encoding"];
  // Shopify's library turns away what calls itself a program. On this machine it is a person's own test.
  const { "user-agent": browser } = request.headers;
  if (browser) headers["user-agent"] = browser.replace("HeadlessChrome", "Chrome");
  return headers;
}

function headersFromApp(answer: IncomingMessage, homeUrl: string): IncomingHttpHeaders {
  const headers = withoutHopByHop(answer.headers);
  if (isPlainHtml(answer.headers)) delete headers["content-length"];

  const policy = headers["content-security-policy"];
  if (policy) headers["content-security-policy"] = frameAncestorsWith(homeUrl, String(policy));

  const links = headers.link;
  if (links) {
    const kept = String(links)
      .split(/,(?=\s*<)/)
      .filter((link) => !link.includes(SHOPIFY_CDN));
    if (kept.length > 0) headers.link = kept.join(",").trim();
    else delete headers.link;
  }
  return headers;
}

function withoutHopByHop(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)));
}

function wantsPage(request: IncomingMessage): boolean {
  return (request.headers.accept ?? "").includes("text/html");
}

function isPlainHtml(headers: IncomingHttpHeaders): boolean {
  return (headers["content-type"] ?? "").startsWith("text/html") && !headers["content-encoding"];
}

/** Lets the home frame the app, under both names a browser may know this machine by. */
function frameAncestorsWith(homeUrl: string, policy: string): string {
  const home = new URL(homeUrl);
  const origins = new Set([home.origin, `${home.protocol}//localhost${home.port && `:${home.port}`}`]);
  return policy
    .split(";")
    .map((directive) => {
      const [name, ...sources] = directive.trim().split(/\s+/);
      if (name !== "frame-ancestors") return directive;
      return [" frame-ancestors", ...sources.filter((source) => source !== "'none'"), ...origins].join(" ");
    })
    .join(";")
    .trim();
}

/** Rewrites a page while it streams: a tag that is not complete yet waits for its end. */
function rewritePage(homeUrl: string): Transform {
  const decoder = new StringDecoder("utf8");
  let waiting = "";

  const rewriteComplete = (text: string) => {
    waiting += text;
    const opened = waiting.lastIndexOf("<");
    const isOpen = opened > waiting.lastIndexOf(">") && waiting.length - opened < UNFINISHED_TAG_CHARS;
    const complete = isOpen ? waiting.slice(0, opened) : waiting;
    waiting = isOpen ? waiting.slice(opened) : "";
    return rewriteTags(complete, homeUrl);
  };

  return new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      done(null, rewriteComplete(decoder.write(chunk)));
    },
    flush(done: TransformCallback) {
      done(null, rewriteTags(waiting + decoder.end(), homeUrl));
    },
  });
}

function rewriteTags(page: string, homeUrl: string): string {
  const html = page.replaceAll(SHOP_ACCOUNT, `href="${new URL("/account", homeUrl).href}"`);
  if (!html.includes(SHOPIFY_CDN)) return html;
  return html
    .replaceAll(APP_BRIDGE, new URL("/app-bridge.js", homeUrl).href)
    .replace(/<link\b[^>]*\bcdn\.shopify\.com[^>]*>/gi, "")
    .replace(/<(script|img)\b[^>]*\bsrc="https:\/\/cdn\.shopify\.com[^>]*>(\s*<\/script>)?/gi, "");
}

function answerDown(request: IncomingMessage, response: ServerResponse, error: Error) {
  const words = "Featherpost is not answering. It may still be starting: wait a moment and try again.";
  const detail = `The sandbox's door could not reach the app (${error.message}).`;
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="2">
<title>Featherpost is starting</title><style>body{font:16px/1.5 system-ui,sans-serif;color:#1f2328;background:#f6f6f4;
display:grid;place-content:center;min-height:90vh;margin:0;padding:24px;text-align:center}p{margin:0 0 8px;max-width:34rem}
small{color:#57606a}</style><main><p>${words}</p><small>${escapeHtml(detail)} This page tries again by itself.</small></main></html>`;
  const isPage = wantsPage(request);
  response.writeHead(502, {
    "content-type": isPage ? "text/html; charset=utf-8" : "text/plain; charset=utf-8",
    "retry-after": "2",
  });
  response.end(isPage ? page : `${words} ${detail}\n`);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
