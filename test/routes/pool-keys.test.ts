import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { FIRST_RULE } from "~/domain/pool/key-sets";
import { loader as exportPool } from "~/routes/app.pools.$poolId_.export";
import { action as actOnKeys } from "~/routes/app.pools.$poolId_.keys";
import { action as saveSettings } from "~/routes/app.pools.$poolId_.settings/route";
import { createPool } from "../factories";
import { createMerchant, formOf, visit } from "../setup/merchant";

const settings = { name: "Keys", activationLimit: "", keyFor: "line", validDays: "", validUntil: "", instructions: "" };

describe("a pool's settings", () => {
  test("given a last day, when it is saved, then keys are good to the end of it", async () => {
    const merchant = await createMerchant();
    const { id: poolId } = await createPool({ shopId: merchant.shopId });
    const form = formOf({ intent: "settings", ...settings, validDays: "365", validUntil: "2027-02-28" });

    expect((await visit(saveSettings, merchant, { poolId }, form)).status).toBe(200);

    expect(await db.pool.findUnique({ where: { id: poolId } })).toMatchObject({
      keyFor: "line",
      validDays: 365,
      validUntil: new Date("2027-03-01T00:00:00Z"),
      instructions: null,
    });
  });

  test("given a rule with room for few keys, when it is to make them on demand, then a sentence says why not", async () => {
    const merchant = await createMerchant();
    const { id: poolId } = await createPool({ shopId: merchant.shopId });
    const rule = JSON.stringify({ ...FIRST_RULE, blocks: 1 });

    const answer = await visit(
      saveSettings,
      merchant,
      { poolId },
      formOf({ intent: "rule", rule, generatesOnDemand: "yes" }),
    );

    expect(answer).toMatchObject({ status: 409, body: { errors: { rule: [expect.stringMatching(/^Too few keys/)] } } });
  });
});

describe("what is done with keys", () => {
  test.each([
    ["no key", { intent: "add", texts: " \n", activationLimit: "", expiresAt: "", note: "" }, "texts"],
    ["no number", { intent: "make", count: "0" }, "count"],
    ["no choice", { intent: "delete", choice: "" }, "choice"],
    ["nothing chosen", { intent: "delete", choice: '{"keyIds":[]}' }, "choice"],
    ["no rule", { intent: "make", count: "5" }, "count"],
  ])("given a form with %s, when it is sent, then that field is told and the keys stay", async (_, fields, field) => {
    const merchant = await createMerchant();
    const { id: poolId } = await createPool({ shopId: merchant.shopId, keys: 2 });

    const answer = await visit(actOnKeys, merchant, { poolId }, formOf(fields));

    expect(answer).toMatchObject({ status: 422, body: { kind: "refused", errors: { [field]: [expect.any(String)] } } });
    expect(await db.poolKey.count({ where: { poolId, state: "available" } })).toBe(2);
  });

  test("given another shop's pool, when its keys are deleted or exported, then they stay and nothing is told", async () => {
    const merchant = await createMerchant();
    const { id: poolId } = await createPool({ keys: ["ABCD-1234"] });

    await visit(actOnKeys, merchant, { poolId }, formOf({ intent: "delete", choice: '{"filter":{}}' }));
    const exported = await visit(exportPool, merchant, { poolId });

    expect(exported.status).not.toBe(200);
    expect(JSON.stringify(exported.body)).not.toContain("ABCD");
    expect(await db.poolKey.count({ where: { poolId } })).toBe(1);
  });
});
