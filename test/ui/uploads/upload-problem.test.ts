import { expect, test } from "vitest";
import { CallFailed } from "~/ui/uploads/upload-calls";
import { problemOf } from "~/ui/uploads/upload-problem";

const answered = (status: number, body: string) => Object.assign(new Error(`S3 returned ${status}`), { status, body });
const refusal = (message: string) => JSON.stringify({ error: { code: "code", message } });

test.each([
  ["a lost connection", Object.assign(new Error("x"), { code: "NETWORK" }), true, "The connection to storage is lost."],
  ["the app out of reach", new CallFailed(0, "The app cannot be reached."), true, "The app cannot be reached."],
  ["storage that failed", answered(503, "<Error/>"), true, "Storage did not take a part of the file (HTTP 503)."],
  ["a link that expired", answered(403, "<Error/>"), true, "Storage did not take a part of the file (HTTP 403)."],
  ["parts that are missing", answered(409, refusal("Not yet.")), true, "Not yet."],
  ["an upload that is gone", answered(410, refusal("Lost.")), false, "Lost."],
  ["a file too large", new CallFailed(422, "Too large."), false, "Too large."],
  [
    "a file that was moved",
    new DOMException("moved", "NotReadableError"),
    false,
    "The file can no longer be read: it was moved, renamed or changed. Choose it again.",
  ],
])("given %s, when an upload stumbles, then it is known whether waiting helps", (_, error, isPassing, message) => {
  expect(problemOf(error)).toEqual({ isPassing, message });
});
