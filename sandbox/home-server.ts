import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** @returns whether it answered */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

export type HomeServer = {
  url: string;
  /** Asks these in turn from now on; until then everybody hears that the sandbox is starting. */
  mount(handlers: Handler[]): void;
  stop(): Promise<void>;
};

/** The server of the sandbox's own pages and calls, on 127.0.0.1. */
export async function startHomeServer(port: number): Promise<HomeServer> {
  let handlers: Handler[] | null = null;
  const server = createServer((request, response) => {
    void answer(handlers, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mount: (mounted) => (handlers = mounted),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(handlers: Handler[] | null, request: IncomingMessage, response: ServerResponse) {
  try {
    if (!handlers) return refuse(response, 503, "The sandbox is starting: try again in a moment.");
    for (const handler of handlers) if (await handler(request, response)) return;
    refuse(response, 404, "There is nothing at this address of the sandbox.");
  } catch (error) {
    console.error(error);
    if (response.headersSent) response.destroy();
    else refuse(response, 500, "The sandbox failed at this call; its terminal says why.");
  }
}

function refuse(response: ServerResponse, status: number, message: string) {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify({ error: { code: "sandbox", message } }));
}
