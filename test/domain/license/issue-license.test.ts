import { expect, test } from "vitest";
import { db } from "~/db.server";
import { issueLicense } from "~/domain/license/issue-license.server";
import { readTypedKey } from "~/domain/license/read-typed-key.server";
import { FIRST_RULE } from "~/domain/pool/key-sets";
import { createPool } from "../../factories";

const unsaid = { email: null, reference: null, activationLimit: null, expiresAt: null, note: null };

test("given a pool makes keys with check characters, when a key from elsewhere that looks like one is registered, then it is no sure typo", async () => {
  const { shopId, id: poolId, name: pool } = await createPool();
  await db.pool.update({ where: { id: poolId }, data: { rule: FIRST_RULE } });
  const key = "ABCDE-FGHJK-MNPQR-STVWX";

  await issueLicense({ ...unsaid, shopId, pool, key, actor: "worker", now: new Date("2026-01-15T12:00:00Z") });

  expect(await readTypedKey(shopId, key)).toMatchObject({ isTypo: true, isTypoCertain: false });
});
