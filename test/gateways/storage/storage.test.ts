import { beforeAll, beforeEach, expect, test } from "vitest";
import { beginUpload } from "~/gateways/storage/begin-upload.server";
import { joinParts } from "~/gateways/storage/join-parts.server";
import { listParts } from "~/gateways/storage/list-parts.server";
import { objectSize } from "~/gateways/storage/object-size.server";
import { putObject } from "~/gateways/storage/put-object.server";
import { signDownload } from "~/gateways/storage/sign-download.server";
import { signPart } from "~/gateways/storage/sign-part.server";
import { storageAnswers } from "~/gateways/storage/storage-answers.server";
import { StorageUnavailable } from "~/gateways/storage/storage-unavailable";
import { startTestStorage } from "../../setup/storage";

const storageKey = "shops/s/assets/a/v";
const hello = new TextEncoder().encode("hello");
let fault: { status?: number; rate?: number; latencyMs?: number } = {};

beforeAll(async () => {
  await startTestStorage(() => fault);
});

beforeEach(() => {
  fault = {};
});

test("given storage that works, when it is asked, then it answers", async () => {
  expect(await storageAnswers()).toBe(true);
  expect(await objectSize("shops/none")).toBeNull();
});

test("given storage that fails, when it is asked, then that is said in our words", async () => {
  fault = { status: 503, rate: 1 };

  expect(await storageAnswers()).toBe(false);
  await expect(putObject(storageKey, "text/plain", hello)).rejects.toThrow(StorageUnavailable);
});

test("given storage that is slow, when its health is asked for, then the answer comes in time", async () => {
  fault = { latencyMs: 5_000 };
  const startedAt = performance.now();

  const answers = await storageAnswers();

  expect(answers).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(3_500);
});

test("given a hostile name, when the file is fetched, then it is an attachment under a sane name", async () => {
  await putObject(storageKey, "application/octet-stream", hello);
  const url = await signDownload({ storageKey, fileName: '../"тест 1"\r\n\u202E.txt', contentType: "text/plain" });

  const response = await fetch(url);

  expect(await response.text()).toBe("hello");
  expect(response.headers.get("content-type")).toBe("text/plain");
  expect(response.headers.get("content-disposition")).toBe(
    `attachment; filename="____ 1.txt"; filename*=UTF-8''%D1%82%D0%B5%D1%81%D1%82%201.txt`,
  );
  expect(new URL(url).searchParams.get("X-Amz-Expires")).toBe("60");
});

test.each(["response-content-type", "response-content-disposition", "X-Amz-Expires"])(
  "given a signed download, when its %s is altered, then storage refuses it",
  async (parameter) => {
    const url = new URL(await signDownload({ storageKey, fileName: "a.txt", contentType: "text/plain" }));
    url.searchParams.set(parameter, "600");

    const response = await fetch(url);

    expect(response.status).toBe(403);
  },
);

test("given more parts than one answer lists, when they are listed, then all are there, in order", async () => {
  const uploadId = await beginUpload(storageKey, "application/octet-stream");
  const part = { storageKey, uploadId, sizeBytes: 5, md5: "XUFAKrxLKna5cZ2REBfFkg==", ttlSeconds: 60 };
  const put = async (partNumber: number) => {
    const { url, headers } = await signPart({ ...part, partNumber });
    return (await fetch(url, { method: "PUT", headers, body: hello })).status;
  };
  const numbers = Array.from({ length: 1_001 }, (_, index) => index + 1);
  for (const partNumber of numbers) expect(await put(partNumber)).toBe(200);

  const parts = await listParts(storageKey, uploadId);

  expect(parts.map(({ partNumber }) => partNumber)).toEqual(numbers);
  await expect(joinParts(storageKey, uploadId, parts)).rejects.toThrow(/too small|smaller/i);
}, 60_000);
