import { expect, test } from "vitest";
import { db } from "~/db.server";
import { recordGuess } from "~/domain/guess/record-guess.server";
import { action, loader } from "~/routes/app.licenses.calls/route";
import { createMerchant, formOf, visit } from "../setup/merchant";

test("given a shop that never called, when its merchant opens the page, then there is a signing key to see", async () => {
  const merchant = await createMerchant();

  const { status, body } = await visit(loader, merchant, {});

  expect(status).toBe(200);
  expect(body).toMatchObject({ graceDays: 14, keys: [{ trustedUntil: null }], guesses: [] });
  expect(JSON.stringify(body)).not.toMatch(/ciphertext|"d"/);
});

test("given a signing key, when the merchant replaces it, then the old one is listed for its grace and it is recorded who did", async () => {
  const merchant = await createMerchant();
  const before = await visit(loader, merchant, {});

  await visit(action, merchant, {}, formOf({ intent: "replace_key", isOldTrusted: "true" }));

  const { body } = await visit(loader, merchant, {});
  expect(body.keys).toHaveLength(2);
  expect(body.keys[1]).toMatchObject({ kid: before.body.keys[0].kid, trustedUntil: expect.any(String) });
  const entry = await db.auditEntry.findFirstOrThrow({ where: { shopId: merchant.shopId } });
  expect(entry).toMatchObject({ action: "signing_key_replaced", actor: "person:42" });
});

test("given a stolen key, when the merchant replaces it, then it is gone", async () => {
  const merchant = await createMerchant();
  const before = await visit(loader, merchant, {});

  await visit(action, merchant, {}, formOf({ intent: "replace_key", isOldTrusted: "false" }));

  const { body } = await visit(loader, merchant, {});
  expect(body.keys).toHaveLength(1);
  expect(body.keys[0].kid).not.toBe(before.body.keys[0].kid);
});

test("given an address that tries keys, when the merchant opens the page, then it is there", async () => {
  const merchant = await createMerchant();
  for (let time = 0; time < 4; time++) await recordGuess(merchant.shopId, "192.0.2.7", new Date());

  expect((await visit(loader, merchant, {})).body.guesses).toMatchObject([{ ip: "192.0.2.7", count: 4 }]);
});

test("given a form that says nothing of the old key, when it is sent, then nothing is replaced", async () => {
  const merchant = await createMerchant();

  expect((await visit(action, merchant, {}, formOf({ intent: "replace_key" }))).status).toBe(422);
  expect(await db.signingKey.count({ where: { shopId: merchant.shopId, retiredAt: { not: null } } })).toBe(0);
});
