import { expect, test } from "vitest";
import { maskedPath } from "~/http/masked-path";

test.each([
  ["/app?id_token=secret&shop=a", "/app"],
  ["/d/the-secret-token/grant?x=1", "/d/…/grant"],
  ["/customer/downloads", "/customer/downloads"],
])("given %s, when it is logged, then no secret is in it", (url, logged) => {
  expect(maskedPath(url)).toBe(logged);
});
