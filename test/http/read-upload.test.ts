import { describe, expect, test } from "vitest";
import { readUpload } from "~/http/read-upload.server";

describe("readUpload", () => {
  test("given a form with a file, when it is read, then its bytes, name and the other fields are there", async () => {
    const upload = await readUpload(requestOf(new File(["A-1\nA-2"], "Schlüssel.csv"), { intent: "import" }), 1_000);

    if (upload.kind !== "read") throw new Error(upload.reason);
    const chunks: Uint8Array[] = [];
    for await (const chunk of upload.body) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe("A-1\nA-2");
    expect(upload).toMatchObject({ fileName: "Schlüssel.csv", fields: { intent: "import" } });
  });

  test("given a file one byte too large, when it is read, then it is refused", async () => {
    const upload = await readUpload(requestOf(new File(["A".repeat(1_001)], "keys.csv")), 1_000);

    expect(upload).toEqual({ kind: "refused", reason: "too_large" });
  });

  test("given a request that announces too much, when it is read, then it is refused before its body is", async () => {
    const headers = { "content-length": "900000000", "content-type": "multipart/form-data; boundary=x" };
    const body = new ReadableStream({
      pull() {
        throw new Error("the body was read");
      },
    });

    const upload = await readUpload(
      new Request("http://app/", { method: "POST", headers, body, duplex: "half" }),
      1_000,
    );

    expect(upload).toEqual({ kind: "refused", reason: "too_large" });
  });

  test("given a form without a file, when it is read, then it is refused", async () => {
    const form = new FormData();
    form.set("file", "not a file");

    const upload = await readUpload(new Request("http://app/", { method: "POST", body: form }), 1_000);

    expect(upload).toEqual({ kind: "refused", reason: "no_file" });
  });
});

function requestOf(file: File, fields: Record<string, string> = {}): Request {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set("file", file);
  return new Request("http://app/", { method: "POST", body: form });
}
