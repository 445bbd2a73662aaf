import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Part = {
  isFor(request: IncomingMessage): boolean;
  /** @returns false when it has nothing at this address */
  handle(request: IncomingMessage, response: ServerResponse): Promise<unknown>;
};

export type HomeServer = {
  url: string;
  /** The first that a request is for answers it, from now on; until then everybody hears that the sandbox is starting. */
  mount(parts: Part[]): void;
  stop(): Promise<void>;
};

/** The server of the sandbox's own pages and calls, on 127.0.0.1. */
export async function startHomeServer(port: number): Promise<HomeServer> {
  let parts: Part[] | null = null;
  const server = createServer((request, response) => {
    void answer(parts, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mount: (mounted) => (parts = mounted),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(parts: Part[] | null, request: IncomingMessage, response: ServerResponse) {
  try {
    if (!parts) return refuse(response, 503, "The sandbox is starting: try again in a moment.");
    const part = parts.find(({ isFor }) => isFor(request));
    if (!part || (await part.handle(request, response)) === false) {
      refuse(response, 404, "There is nothing at this address of the sandbox.");
    }
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
