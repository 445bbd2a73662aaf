import { createServer } from "node:net";

/** @returns a port of 127.0.0.1 that nothing listens on now. */
export async function findFreePort(): Promise<number> {
  const port = await tryPort(0);
  if (port instanceof Error) throw port;
  return port;
}

/**
 * @param owner  what wants the port, for the sentence
 * @throws Error naming the port when it is taken; port 0 never is.
 */
export async function refuseTakenPort(port: number, owner: string): Promise<void> {
  if (port === 0) return;
  const result = await tryPort(port);
  if (!(result instanceof Error)) return;
  throw new Error(
    result.code === "EADDRINUSE"
      ? `Port ${port}, wanted by ${owner}, is already in use. Stop what uses it, or choose others with --port.`
      : `Port ${port}, wanted by ${owner}, cannot be used: ${result.message}.`,
  );
}

function tryPort(port: number): Promise<number | NodeJS.ErrnoException> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", resolve);
    probe.listen(port, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

const places = ["home", "door", "storage", "smtp", "postgres", "web"] as const;

export type Ports = Record<(typeof places)[number], number>;

/**
 * The sandbox's ports: `first` and those after it, or all free ones for 0.
 *
 * @throws Error with a sentence when one is taken.
 */
export async function choosePorts(first: number): Promise<Ports> {
  const ports: Partial<Ports> = {};
  for (const [index, place] of places.entries()) {
    ports[place] = first === 0 ? 0 : first + index;
    await refuseTakenPort(ports[place], `the sandbox's ${place}`);
  }
  // The app must be told its port: it cannot say which free one it took.
  if (first === 0) ports.web = await findFreePort();
  return ports as Ports;
}
