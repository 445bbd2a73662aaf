import { expect, test } from "vitest";
import { db } from "~/db.server";
import { listCustomerLicenses } from "~/domain/activation/list-customer-licenses.server";
import { findLicense } from "~/domain/license/find-license.server";
import { findHeldLicense } from "~/domain/license/list-held-licenses.server";
import { listLicenses } from "~/domain/license/list-licenses.server";
import { validate } from "~/domain/license/validate.server";
import { keyHash } from "~/domain/license/key-text.server";
import { activationLimitOf } from "~/domain/license/license";
import { findOrder } from "~/domain/order/find-order.server";
import { createLicense } from "../../factories";

const now = new Date("2026-01-16T12:00:00Z");

/** How many machines a license may have, by everything that says or asks it. */
async function limitsOf({ shopId, keyId, text, grant }: Awaited<ReturnType<typeof createLicense>>) {
  const grantId = grant?.id ?? "";
  const asked = { shopId, keyHashes: [keyHash(shopId, text)], fingerprint: null, product: null, now };
  const { license } = await validate(asked);
  const order = await findOrder(shopId, grant?.orderId ?? "");
  return {
    held: license && activationLimitOf(license),
    license: (await findLicense(shopId, keyId, now))?.activationLimit,
    licenses: (await listLicenses({ shopId, now })).licenses[0]?.activationLimit,
    api: (await findHeldLicense({ shopId, id: keyId, withKeys: false, now }))?.activationLimit,
    customer: (await listCustomerLicenses(shopId, [grantId], now)).get(grantId)?.activationLimit,
    order: order?.lines[0]?.grants[0]?.key?.activationLimit,
  };
}

const everywhere = (limit: number | null) => {
  return { held: limit, license: limit, licenses: limit, api: limit, customer: limit, order: limit };
};

test.each([
  ["two machines, and then three", { activationLimit: 2 }, { activationLimit: 3 }, 2],
  ["any number, and then one", { activationLimit: 0 }, { activationLimit: 1 }, null],
  ["one, and then any number", { activationLimit: 1 }, {}, 1],
  ["two per unit of four, and then per key", { activationLimit: 2, keyFor: "line", units: 4 }, {}, 8],
  ["two per key, and then per unit of four", { activationLimit: 2, keyFor: "unit", units: 4 }, { keyFor: "line" }, 2],
  ["what was not kept, and now three", {}, { activationLimit: 3 }, 3],
] as const)(
  "given a license sold for %s, when its limit is told or asked, then it is the same everywhere",
  async (_sold, grant, pool, limit) => {
    const license = await createLicense({ grant, pool });

    expect(await limitsOf(license)).toEqual(everywhere(limit));
  },
);

test("given a license sold for two machines, when the merchant gives it five, then it is five everywhere", async () => {
  const license = await createLicense({ grant: { activationLimit: 2 } });
  await db.poolKey.update({ where: { id: license.keyId }, data: { activationLimit: 5 } });

  expect(await limitsOf(license)).toEqual(everywhere(5));
});
