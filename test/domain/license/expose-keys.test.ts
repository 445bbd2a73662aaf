import { expect, test } from "vitest";
import { db, inTransaction } from "~/db.server";
import { exposeKeys } from "~/domain/license/expose-keys.server";
import { createLicense, openConnections } from "../../factories";

const now = new Date("2026-01-16T12:00:00Z");
const EARLIER = new Date("2026-01-15T12:00:00Z");

/** Two keys of a shop, of which the first has left already. */
async function twoLicenses() {
  const left = await createLicense({ grant: { exposedAt: EARLIER } });
  const { shopId } = left;
  const fresh = await createLicense({ shopId });
  const grantIds = [left, fresh].flatMap(({ grant }) => grant?.id ?? []);
  const exposedAt = async () => {
    const grants = await db.grant.findMany({ where: { shopId }, orderBy: { createdAt: "asc" } });
    return grants.map((grant) => grant.exposedAt);
  };
  return { shopId, grantIds, texts: [left.text, fresh.text], exposedAt };
}

test("given keys, when they leave, then all are read, and those that had not left before are written down", async () => {
  const { shopId, grantIds, texts, exposedAt } = await twoLicenses();

  const left = await exposeKeys(db, { shopId, grantIds, now });

  expect([...left.values()].sort()).toEqual(texts.sort());
  expect(await exposedAt()).toEqual([EARLIER, now]);
});

test.each(["revoked", "held"] as const)(
  "given grants being %s, when their keys are asked for before that is committed, then it is waited for, none leaves and none counts as out",
  async (state) => {
    const { shopId, grantIds, exposedAt } = await twoLicenses();
    await openConnections(3);

    const asked = await inTransaction(async (tx) => {
      await tx.grant.updateMany({ where: { shopId }, data: { state } });
      const leaving = exposeKeys(db, { shopId, grantIds, now });
      await tx.$queryRaw`SELECT pg_sleep(0.5)::text`;
      return { leaving };
    });

    expect(await asked.leaving).toEqual(new Map());
    expect(await exposedAt()).toEqual([EARLIER, null]);
  },
);

test("given another shop's grants, when their keys are asked for, then none leaves and none counts as out", async () => {
  const { grantIds, exposedAt } = await twoLicenses();
  const { shopId } = await createLicense();

  expect(await exposeKeys(db, { shopId, grantIds, now })).toEqual(new Map());
  expect(await exposedAt()).toEqual([EARLIER, null]);
});
