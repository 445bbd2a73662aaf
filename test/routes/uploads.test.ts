import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { action as create } from "~/routes/app.uploads";
import { action as finish, loader as parts } from "~/routes/app.uploads.$versionId";
import { action as sign } from "~/routes/app.uploads.$versionId.parts";
import { createAsset } from "../factories";
import { md5Of, sha256Of } from "../domain/asset/upload-file";
import { createMerchant } from "../setup/merchant";
import { answerOf, sessionToken } from "../setup/signed-requests";
import { startTestStorage } from "../setup/storage";

const hello = new TextEncoder().encode("hello");
let fault: { status?: number; rate?: number } = {};

beforeAll(async () => {
  await startTestStorage(() => fault);
});

beforeEach(() => {
  fault = {};
});

const routes = { create, finish, parts, sign };
type Call = { token?: string; method?: string; versionId?: string; body?: unknown; query?: string };

async function call(route: keyof typeof routes, { token, method = "POST", versionId, body, query = "" }: Call) {
  const request = new Request(`https://app.example.com/app/uploads/${versionId ?? ""}${query}`, {
    method,
    headers: { "User-Agent": "Mozilla/5.0 Chrome/153", ...(token && { Authorization: `Bearer ${token}` }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const response = await answerOf(() => routes[route]({ request, params: { versionId }, context: {} }));
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json");
  return { status: response.status, text, json: isJson ? JSON.parse(text) : null };
}

const file = { fileName: "guide.pdf", contentType: "application/pdf", sizeBytes: 5, lastModified: 1 };

describe("the upload calls", () => {
  test("given a merchant, when a file is begun, sent and completed, then each step answers what Uppy needs", async () => {
    const { token } = await createMerchant();
    const { status, json: upload } = await call("create", { token, body: file });
    const { versionId } = upload;
    const { json: part } = await call("sign", { token, versionId, body: { partNumber: 1, md5: md5Of(hello) } });
    await (await fetch(part.url, { method: "PUT", headers: part.headers, body: hello })).text();

    const listed = await call("parts", { token, versionId, method: "GET" });
    const completed = await call("finish", { token, versionId, query: `?sha256=${sha256Of(hello)}` });

    expect(status).toBe(201);
    expect(listed.text).toBe(
      "<ListPartsResult><Part><PartNumber>1</PartNumber><ETag>5d41402abc4b2a76b9719d911017c592</ETag><Size>5</Size></Part></ListPartsResult>",
    );
    expect(completed.text).toContain(`<Key>${versionId}</Key>`);
    expect(await db.assetVersion.findUnique({ where: { id: versionId } })).toMatchObject({ state: "ready" });
  });

  test("given an upload, when it is cancelled twice, then the second finds nothing", async () => {
    const { token } = await createMerchant();
    const { json } = await call("create", { token, body: file });
    const { versionId } = json;

    const first = await call("finish", { token, versionId, method: "DELETE" });
    const second = await call("finish", { token, versionId, method: "DELETE" });

    expect([first.status, second.status]).toEqual([204, 404]);
    expect(second.json.error.code).toBe("unknown_upload");
  });

  test("given another shop's upload, when any call names it, then it is not found", async () => {
    const { token } = await createMerchant();
    const { versions, id: assetId } = await createAsset({ state: "uploading" });
    const versionId = versions[0]?.id;

    const answers = await Promise.all([
      call("create", { token, body: { ...file, assetId } }),
      call("sign", { token, versionId, body: { partNumber: 1, md5: md5Of(hello) } }),
      call("parts", { token, versionId, method: "GET" }),
      call("finish", { token, versionId, query: `?sha256=${sha256Of(hello)}` }),
      call("finish", { token, versionId, method: "DELETE" }),
      call("parts", { token, versionId: "nonsense", method: "GET" }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
    expect(answers.every(({ json }) => json.error.message.length > 10)).toBe(true);
  });

  test.each([
    ["no JSON", "create", { body: undefined }, "bad_request"],
    ["fields of the wrong kind", "create", { body: { ...file, sizeBytes: "5" } }, "bad_request"],
    ["no name", "create", { body: { ...file, fileName: "" } }, "bad_name"],
    ["a file over 5 TB", "create", { body: { ...file, sizeBytes: 6e12 } }, "too_large"],
    ["no part", "sign", { body: {} }, "bad_request"],
  ] as const)(
    "given %s, when it is sent, then it is refused with 422 and a sentence",
    async (_, route, input, code) => {
      const { token } = await createMerchant();

      const { status, json } = await call(route, { token, versionId: "x", ...input });

      expect(status).toBe(422);
      expect(json.error.code).toBe(code);
    },
  );

  test("given storage is down, when a file is begun, then the answer is 503 and says so", async () => {
    const { token } = await createMerchant();
    fault = { status: 503, rate: 1 };

    const { status, json } = await call("create", { token, body: file });

    expect(status).toBe(503);
    expect(json).toEqual({ error: { code: "storage_unavailable", message: "Storage does not answer right now." } });
  });

  test("given a forged token, when a file is begun, then the answer is 401 and nothing is stored", async () => {
    const { shopId } = await createMerchant();
    const { domain } = await db.shop.findUniqueOrThrow({ where: { id: shopId } });
    const token = sessionToken(domain, { dest: `https://${domain}` }, "another-secret");

    const { status } = await call("create", { token, body: file });

    expect(status).toBe(401);
    expect(await db.asset.count({ where: { shopId } })).toBe(0);
  });
});
