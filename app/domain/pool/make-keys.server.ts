import { randomInt } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { v7 as uuidV7 } from "uuid";
import type { Tx } from "~/db.server";
import { keyEnd } from "~/domain/license/key-end";
import { encryptKey, keyHash } from "~/domain/license/key-text.server";
import { writeKey, type KeyRule } from "./key-rule";

// Between two batches other requests get their turn: sealing one takes about 30 ms of the processor.
const SEAL_BATCH = 1_000;
const INSERT_BATCH = 5_000;
// A rule leaves room enough that even a second attempt is hardly ever needed (see `mostKeys`).
const ATTEMPTS = 5;

export type MakeKeysInput = {
  shopId: string;
  poolId: string;
  rule: KeyRule;
  /** How many keys to put on sale; or the grants to make a key for each. */
  for: number | string[];
};

type NewKey = { id: string; grantId: string | null; end: string; hash: string; ciphertext: string };

/**
 * Makes keys by a rule. A key that the shop has already is made anew.
 *
 * @returns how many were made, and for which grants: all, unless nearly every key of the rule exists.
 */
export async function makeKeys(tx: Tx, input: MakeKeysInput): Promise<{ made: number; grantIds: string[] }> {
  const { for: wanted } = input;
  const grants: (string | null)[] = typeof wanted === "number" ? Array.from({ length: wanted }, () => null) : wanted;
  const grantIds: string[] = [];
  let made = 0;
  for (let from = 0; from < grants.length; from += INSERT_BATCH) {
    let missing = grants.slice(from, from + INSERT_BATCH);
    for (let attempt = 0; missing.length > 0 && attempt < ATTEMPTS; attempt++) {
      const keys = await sealKeys(input, missing);
      const inserted = await insertKeys(tx, input, keys);
      made += inserted.size;
      grantIds.push(...keys.flatMap(({ id, grantId }) => (grantId !== null && inserted.has(id) ? [grantId] : [])));
      missing = keys.filter(({ id }) => !inserted.has(id)).map(({ grantId }) => grantId);
    }
  }
  return { made, grantIds };
}

async function sealKeys({ shopId, rule }: MakeKeysInput, grantIds: (string | null)[]): Promise<NewKey[]> {
  const keys: NewKey[] = [];
  for (const grantId of grantIds) {
    const text = writeKey(rule, (below) => randomInt(below));
    keys.push({
      id: uuidV7(),
      grantId,
      end: keyEnd(text),
      hash: keyHash(shopId, text).toString("base64"),
      ciphertext: encryptKey(shopId, text).toString("base64"),
    });
    if (keys.length % SEAL_BATCH === 0) await setImmediate();
  }
  return keys;
}

async function insertKeys(tx: Tx, { shopId, poolId }: MakeKeysInput, keys: NewKey[]): Promise<Set<string>> {
  const inserted = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO "PoolKey" (id, "shopId", "poolId", state, "grantId", "keyEnd", "keyHash", ciphertext)
    SELECT id, ${shopId}::uuid, ${poolId}::uuid,
           CASE WHEN grant_id IS NULL THEN 'available' ELSE 'granted' END::"PoolKeyState", grant_id, key_end,
           decode(hash, 'base64'), decode(ciphertext, 'base64')
    FROM unnest(
      ${keys.map(({ id }) => id)}::uuid[], ${keys.map(({ grantId }) => grantId)}::uuid[],
      ${keys.map(({ end }) => end)}::text[],
      ${keys.map(({ hash }) => hash)}::text[], ${keys.map(({ ciphertext }) => ciphertext)}::text[]
    ) AS sealed (id, grant_id, key_end, hash, ciphertext)
    ON CONFLICT ("shopId", "keyHash") DO NOTHING
    RETURNING id`;
  return new Set(inserted.map(({ id }) => id));
}
