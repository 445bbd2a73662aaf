import http from "node:http";
import type { Attempt } from "./delivery.ts";

const connectLimitMs = 1_000;
const totalLimitMs = 5_000;

export type WebhookPost = { url: string; headers: Record<string, string>; body: string };

/**
 * Sends one webhook as Shopify does: 1 s to connect, 5 s in all, redirects not followed.
 *
 * @returns what came of it; never rejects. `status` is null when no answer came in time.
 */
export function postWebhook(post: WebhookPost, agent: http.Agent, signal: AbortSignal): Promise<Attempt> {
  const at = new Date();
  const started = performance.now();
  const body = Buffer.from(post.body);
  let isReused = false;

  const send = (through: http.Agent | false) =>
    new Promise<Attempt>((resolve) => {
      const end = (status: number | null, error?: string) => {
        clearTimeout(total);
        clearTimeout(connect);
        signal.removeEventListener("abort", stop);
        const ms = Math.round(performance.now() - started);
        resolve({ status, ms, at: at.toISOString(), ...(error && { error }) });
      };
      const request = http.request(post.url, {
        method: "POST",
        agent: through,
        headers: { ...post.headers, "Content-Length": String(body.byteLength) },
      });
      const fail = (error: string) => {
        end(null, error);
        request.destroy();
      };
      const stop = () => fail("the store was stopped");
      const total = setTimeout(
        () => fail("no answer within 5 s"),
        Math.max(0, totalLimitMs - (performance.now() - started)),
      );
      const connect = setTimeout(() => fail("no connection within 1 s"), connectLimitMs);
      signal.addEventListener("abort", stop, { once: true });

      request.on("socket", (socket) => {
        isReused = request.reusedSocket;
        if (!socket.connecting) clearTimeout(connect);
        else socket.once("connect", () => clearTimeout(connect));
      });
      request.on("response", (response) => {
        response.on("data", () => undefined);
        response.on("end", () => end(response.statusCode ?? null));
        response.on("error", (error) => fail(error.message));
      });
      request.on("error", (error) => end(null, error.message));
      if (signal.aborted) stop();
      else request.end(body);
    });

  // A kept connection may be closed by the app at the moment it is used again: not the app's failure.
  return send(agent).then((first) => {
    const wasClosed = first.status === null && isReused && /socket hang up|ECONNRESET|EPIPE/.test(first.error ?? "");
    return wasClosed && !signal.aborted ? send(false) : first;
  });
}
