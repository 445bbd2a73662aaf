import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { Answer, Call } from "./call.ts";
import { answerPreflight, corsHeaders } from "./cors.ts";
import { operationOf } from "./route.ts";
import { S3Error } from "./s3-error.ts";
import { readRequest } from "./s3-request.ts";
import { authenticate, type Credentials } from "./signature.ts";
import type { StorageFaults } from "./faults.ts";
import { xmlError } from "./xml.ts";

type Setting = Omit<Call, "request" | "authentication"> &
  Credentials & { faults: () => StorageFaults; stopped: AbortSignal };

/** Takes one request from its first byte to the last of its answer. Never rejects. */
export async function answerRequest(
  message: IncomingMessage,
  response: ServerResponse,
  setting: Setting,
): Promise<void> {
  const requestId = randomBytes(8).toString("hex").toUpperCase();
  response.setHeaders(new Map(Object.entries({ ...corsHeaders(message), "x-amz-request-id": requestId })));
  try {
    await send(message, response, await answer(message, setting));
  } catch (error) {
    // Half an answer cannot be taken back, and nobody hears one who has hung up.
    if (response.headersSent || message.socket.destroyed || setting.stopped.aborted) {
      response.destroy();
      return;
    }
    if (!(error instanceof S3Error)) console.error("The storage failed:", error);
    const refusal = error instanceof S3Error ? error : new S3Error("InternalError");
    await send(message, response, errorAnswer(message, refusal, requestId)).catch(() => response.destroy());
  }
}

async function answer(message: IncomingMessage, setting: Setting): Promise<Answer> {
  if (message.method === "OPTIONS") return answerPreflight(message);
  await misbehave(setting);

  const request = readRequest(message);
  const authentication = authenticate(request, setting, new Date());
  return operationOf(request, setting.bucket)({ ...setting, request, authentication });
}

/** @throws what the sandbox was told to make go wrong */
async function misbehave({ faults, stopped }: Setting) {
  const { status, rate = 1, latencyMs = 0 } = faults();
  if (latencyMs > 0) await wait(latencyMs, undefined, { signal: stopped });
  if (status !== undefined && Math.random() < rate) throw S3Error.withStatus(status);
}

function errorAnswer(message: IncomingMessage, error: S3Error, requestId: string): Answer {
  const details = Object.entries({
    ...error.details,
    Resource: message.url?.split("?")[0] ?? "",
    RequestId: requestId,
  });
  const headers: Record<string, string> =
    error.code === "InvalidRange" ? { "content-range": `bytes */${error.details["ActualObjectSize"]}` } : {};
  return {
    status: error.status,
    headers,
    xml: xmlError([["Code", error.code], ["Message", error.message], ...details]),
  };
}

async function send(message: IncomingMessage, response: ServerResponse, { status, headers, xml, stream }: Answer) {
  if (stream) {
    response.writeHead(status, headers);
    try {
      await pipeline(stream.chunks, response);
    } finally {
      await stream.release();
    }
    return;
  }
  const xmlHeaders =
    xml === undefined ? {} : { "content-type": "application/xml", "content-length": Buffer.byteLength(xml) };
  response.writeHead(status, { ...xmlHeaders, ...headers });
  response.end(message.method === "HEAD" ? undefined : xml);
}
