import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerRequest } from "./answer-request.ts";
import { ObjectShelf } from "./object-shelf.ts";
import { Turnstile } from "./turnstile.ts";
import { UploadShelf } from "./upload-shelf.ts";
import type { StorageFaults } from "./faults.ts";

export type StorageOptions = {
  /** 0 for a free one. */
  port: number;
  dir: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
  faults: () => StorageFaults;
};

/** `stop` closes every connection at once; what was half received is gone. */
export type Storage = { url: string; port: number; stop(): Promise<void> };

/**
 * Object storage that speaks S3 with one bucket, one key pair and path-style addresses, on 127.0.0.1.
 *
 * Objects and uploads under way are kept under `dir`, by one storage at a time, and are there again after a
 * restart, also one that was not asked for. Bytes are streamed in and out. Every call must carry a valid
 * Signature Version 4.
 *
 * @throws when the port is taken or `dir` holds something that cannot be read
 */
export async function startStorage(options: StorageOptions): Promise<Storage> {
  await mkdir(options.dir, { recursive: true });
  const objects = new ObjectShelf(options.dir);
  const uploads = new UploadShelf(options.dir, objects);
  await objects.load();
  await uploads.load();

  const stopped = new AbortController();
  const underWay = new Set<Promise<void>>();
  const shared = { ...options, objects, uploads, changes: new Turnstile(), stopped: stopped.signal };
  const take = (start: (response: ServerResponse) => void) => (message: IncomingMessage, response: ServerResponse) => {
    const answered = answerRequest(message, response, { ...shared, start: () => start(response) });
    underWay.add(answered);
    void answered.finally(() => underWay.delete(answered));
  };
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 60_000 });
  server.on(
    "request",
    take(() => undefined),
  );
  server.on(
    "checkContinue",
    take((response) => response.writeContinue()),
  );
  server.listen(options.port, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async stop() {
      stopped.abort();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await Promise.allSettled(underWay);
    },
  };
}
