import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import type { LoaderFunctionArgs } from "@remix-run/node";
import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { apiCalls } from "~/http/api/calls";
import { openApiDocument } from "~/http/api/document";

type Handler = (args: LoaderFunctionArgs) => Promise<Response> | Response;
export type ApiRoute = { loader?: Handler; action?: Handler };

const READS = ["GET", "HEAD", "OPTIONS"];

/** The document as it is served, and a check of an answer against what it says of that call and status. */
export const document = openApiDocument(apiCalls, "https://app.example.com");

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(document, "api");

/** What the document does not allow of this answer; empty: it is as documented. */
export function differences(method: string, path: string, status: number, body: unknown): string[] {
  const pointer = ["paths", templateOf(path), method.toLowerCase(), "responses", String(status)];
  const place = `api#/${[...pointer, "content", "application/json", "schema"].map(escaped).join("/")}`;
  const operation = (document.paths[templateOf(path)] ?? {})[method.toLowerCase()] as
    { responses: Record<string, unknown> } | undefined;
  if (!operation?.responses[String(status)]) return [`${method} ${path} has no documented answer ${status}`];

  const check = ajv.getSchema(place) ?? ajv.compile({ $ref: place });
  return check(body) ? [] : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/**
 * Serves routes of the API over HTTP, as Remix calls them.
 *
 * @param routes  by path; a `$name` in it is a parameter
 * @returns where, and how to stop it
 */
export async function startApiServer(routes: Record<string, ApiRoute>) {
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const url = new URL(incoming.url ?? "/", "http://127.0.0.1");
      const found = Object.entries(routes).flatMap(([path, route]) => {
        const params = paramsOf(path, url.pathname);
        return params ? [{ route, params }] : [];
      })[0];
      const method = incoming.method ?? "GET";
      const handler = READS.includes(method) ? found?.route.loader : found?.route.action;
      if (!found || !handler) return outgoing.writeHead(404).end();

      const headers = new Headers(incoming.headers as Record<string, string>);
      const body = READS.includes(method) ? undefined : await text(incoming);
      const request = new Request(url, { method, headers, body });
      const answer = await handler({ request, params: found.params, context: {} });
      outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("The server has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function paramsOf(path: string, pathname: string): Record<string, string> | null {
  const names: string[] = [];
  const pattern = path.replace(/\$(\w+)/g, (_, name: string) => {
    names.push(name);
    return "([^/]+)";
  });
  const match = new RegExp(`^${pattern}$`).exec(pathname);
  return match && Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? ""]));
}

/** The path as the document writes it. */
function templateOf(path: string): string {
  const templates = Object.keys(document.paths);
  return templates.find((template) => new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`).test(path)) ?? path;
}

function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));
}
