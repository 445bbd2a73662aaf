import { exportJWK, generateKeyPair, importJWK, type JWK, type KeyLike } from "jose";
import { v7 as uuid } from "uuid";
import { z } from "zod";
import { db, inTransaction, type Tx } from "~/db.server";
import { decryptKey, encryptKey } from "~/domain/license/key-text.server";
import { remember } from "~/remember";

/** Other processes go on with a replaced key for so long; it is trusted for longer. */
const REMEMBERED_MS = 60_000;

/** The public half of a key, as a JSON Web Key Set lists it. */
export const PublicJwk = z.object({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: z.string() });

export type PublicJwk = z.infer<typeof PublicJwk>;

export type SigningKey = { kid: string; privateKey: KeyLike | Uint8Array };

const rememberedKey = remember<SigningKey>({ ttlMs: REMEMBERED_MS, most: 1_000 }, readOrCreate);

/** The key that signs a shop's offline licenses now; the first is made when it is first asked for. */
export function findSigningKey(shopId: string): Promise<SigningKey> {
  return rememberedKey(shopId);
}

/**
 * Makes a new key that signs from now on. What the one before it signed stays good for its days of grace, unless
 * it is not to be trusted any more.
 *
 * @returns the new key's id
 */
export async function createSigningKey(tx: Tx, shopId: string, isOldTrusted: boolean, now: Date): Promise<string> {
  const { privateKey, publicKey } = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  const sealed = encryptKey(shopId, JSON.stringify(await exportJWK(privateKey)));
  const kid = uuid();
  if (isOldTrusted) await tx.signingKey.updateMany({ where: { shopId, retiredAt: null }, data: { retiredAt: now } });
  else await tx.signingKey.deleteMany({ where: { shopId } });
  await tx.signingKey.create({
    data: { id: kid, shopId, publicJwk: PublicJwk.parse(await exportJWK(publicKey)), ciphertext: sealed },
  });
  return kid;
}

/** Makes this process read the shop's key again. */
export function forgetSigningKey(shopId: string) {
  rememberedKey.forget(shopId);
}

/** Those who make or replace a shop's key take turns. */
export async function lockSigningKeys(tx: Tx, shopId: string) {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`signing key ${shopId}`}, 0))::text`;
}

async function readOrCreate(shopId: string): Promise<SigningKey> {
  const current = (await readCurrent(db, shopId)) ?? (await createFirst(shopId));
  const jwk = JSON.parse(decryptKey(shopId, current.ciphertext)) as JWK;
  return { kid: current.id, privateKey: await importJWK(jwk, "EdDSA") };
}

function createFirst(shopId: string) {
  return inTransaction(async (tx) => {
    await lockSigningKeys(tx, shopId);
    if (!(await readCurrent(tx, shopId))) await createSigningKey(tx, shopId, true, new Date());
    const current = await readCurrent(tx, shopId);
    if (!current) throw new Error("A signing key was made and is not there");
    return current;
  });
}

function readCurrent(tx: Tx, shopId: string) {
  return tx.signingKey.findFirst({ where: { shopId, retiredAt: null }, orderBy: { createdAt: "desc" } });
}
