import { createServer } from "node:net";

export type ReservedPort = { port: number; release(): Promise<void> };

/** Holds a free port of 127.0.0.1 that answers nobody until it is released to whoever is to listen there. */
export async function reservePort(): Promise<ReservedPort> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("The reserved port has no number");
  return { port: address.port, release: () => new Promise((resolve) => server.close(() => resolve())) };
}
