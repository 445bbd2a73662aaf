import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "~/db.server";
import { replaceSigningKey } from "~/domain/signing-key/replace-signing-key.server";
import * as activateRoute from "~/routes/api.licenses.activate";
import * as deactivateRoute from "~/routes/api.licenses.deactivate";
import * as jwksRoute from "~/routes/api.licenses.jwks";
import * as validateRoute from "~/routes/api.licenses.validate";
import { createLicense } from "../factories";
import { startApiServer } from "../setup/api-server";
import { licenseClient } from "./license-client";

const DAY_MS = 86_400_000;

let server: Awaited<ReturnType<typeof startApiServer>>;
beforeAll(async () => {
  server = await startApiServer({
    "/api/licenses/activate": activateRoute,
    "/api/licenses/deactivate": deactivateRoute,
    "/api/licenses/validate": validateRoute,
    "/api/licenses/jwks": jwksRoute,
  });
});
afterAll(() => server.stop());

type License = Awaited<ReturnType<typeof createLicense>>;

const clientOf = ({ shop }: License, fingerprint: string) =>
  licenseClient({ appUrl: server.url, shop: shop.domain, fingerprint });

test("given a license for three, when four machines activate, then the fourth is told, and may once one is free", async () => {
  const license = await createLicense({ pool: { activationLimit: 3 } });
  const kept = await Promise.all(
    ["a", "b", "c"].map((fingerprint) => clientOf(license, fingerprint).activate(license.text)),
  );

  const fourth = clientOf(license, "d");
  await expect(fourth.activate(license.text)).rejects.toThrow("Every place of this license is taken");
  if (kept[0]) await clientOf(license, "a").deactivate(kept[0]);

  expect(await fourth.check(await fourth.activate(license.text))).toMatchObject({ fingerprint: "d" });
});

test("given an activated machine, when it starts without a network, then it goes by what it kept until grace is over", async () => {
  const license = await createLicense();
  const kept = await clientOf(license, "laptop").activate(license.text, "Ada's laptop");
  const offline = licenseClient({
    appUrl: server.url,
    shop: license.shop.domain,
    fingerprint: "laptop",
    fetch: () => Promise.reject(new Error("no network")),
  });
  const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);

  expect(await offline.check(kept)).toMatchObject({ keyEnd: license.text.slice(-4), fingerprint: "laptop" });
  expect(await offline.check(kept, inDays(13.9))).not.toBeNull();
  expect(await offline.check(kept, inDays(14.1))).toBeNull();
});

test("given software of one product, when it is given a key of another, then the key opens it neither online nor offline", async () => {
  const license = await createLicense();
  const kept = await clientOf(license, "laptop").activate(license.text);
  const { productId } = (await clientOf(license, "laptop").check(kept)) ?? {};
  const clientFor = (product = "") =>
    licenseClient({ appUrl: server.url, shop: license.shop.domain, fingerprint: "laptop", product });

  const its = clientFor(productId ?? undefined);
  expect(await its.check(kept)).toMatchObject({ productId });
  expect(await its.renew(kept)).not.toBeNull();
  const other = clientFor("gid://shopify/Product/999999");
  expect(await other.check(kept)).toBeNull();
  expect(await other.renew(kept)).toBeNull();
  await expect(other.activate(license.text)).rejects.toThrow("another product");
});

test("given a kept license, when it is copied to another machine or altered, then it is not good", async () => {
  const license = await createLicense();
  const kept = await clientOf(license, "laptop").activate(license.text);
  const [header, payload = "", signature] = kept.offline.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
  const forged = Buffer.from(JSON.stringify({ ...claims, fingerprint: "other" })).toString("base64url");

  expect(await clientOf(license, "other").check(kept)).toBeNull();
  expect(
    await clientOf(license, "other").check({ ...kept, offline: [header, forged, signature].join(".") }),
  ).toBeNull();
});

test("given a license revoked after it was activated, when it is renewed, then it is over, and offline at the end of grace", async () => {
  const license = await createLicense();
  const client = clientOf(license, "laptop");
  const kept = await client.activate(license.text);
  await db.poolKey.update({ where: { id: license.keyId }, data: { state: "revoked" } });

  expect(await client.renew(kept)).toBeNull();
  expect(await client.check(kept)).not.toBeNull();
  expect(await client.check(kept, new Date(Date.now() + 14.1 * DAY_MS))).toBeNull();
});

test("given a replaced signing key, when the machine renews, then it checks by the new one", async () => {
  const license = await createLicense();
  const client = clientOf(license, "laptop");
  const kept = await client.activate(license.text);
  await replaceSigningKey({ shopId: license.shopId, isOldTrusted: true, actor: "person:1", now: new Date() });

  const renewed = await client.renew(kept);

  expect(await client.check(kept)).not.toBeNull();
  expect(renewed && (await client.check(renewed))).not.toBeNull();
  expect(renewed?.offline).not.toBe(kept.offline);
});
