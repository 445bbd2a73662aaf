import { expect, test } from "vitest";
import { objectSize } from "~/gateways/storage/object-size.server";
import { signDownload } from "~/gateways/storage/sign-download.server";
import { storageAnswers } from "~/gateways/storage/storage-answers.server";
import { StorageUnavailable } from "~/gateways/storage/storage-unavailable";

test("given nobody where storage should be, when it is asked, then that is said", async () => {
  expect(await storageAnswers()).toBe(false);
  await expect(objectSize("shops/s")).rejects.toThrow(StorageUnavailable);
});

test("given nobody where storage should be, when a download is signed, then it is signed all the same", async () => {
  await expect(signDownload({ storageKey: "k", fileName: "a", contentType: "text/plain" })).resolves.toMatch(/^http/);
});
