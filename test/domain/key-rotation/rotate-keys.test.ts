import { spawn } from "node:child_process";
import path from "node:path";
import { build } from "esbuild";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { db, inTransaction } from "~/db.server";
import { encryptKey, keyHash } from "~/domain/license/key-text.server";
import { claimKeys } from "~/domain/pool/claim-keys.server";
import { createDelivery, createGrant, createPool, createShop, openConnections } from "../../factories";

const older = process.env.KEY_ENCRYPTION_KEYS ?? "";
const newer = Buffer.alloc(32, "newer").toString("base64");
const program = path.resolve("node_modules/.cache/rotate-keys-test.mjs");

beforeAll(async () => {
  const entryPoints = ["app/rotate-keys.server.ts"];
  await build({ entryPoints, outfile: program, bundle: true, platform: "node", format: "esm", packages: "external" });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  vi.resetModules();
  await db.$executeRaw`TRUNCATE "Shop", "StagedKey" CASCADE`;
});

/** Runs `npm run rotate-keys` as it is built. */
function run(keys = `${newer},${older}`, args: string[] = []) {
  const env = { ...process.env, KEY_ENCRYPTION_KEYS: keys };
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (said += text.toString()));
  const ended = new Promise<{ code: number | null; said: string }>((resolve) => {
    child.once("exit", (code) => resolve({ code, said }));
  });
  return { child, ended };
}

async function keyTextUnder(keys: string) {
  vi.stubEnv("KEY_ENCRYPTION_KEYS", keys);
  vi.resetModules();
  return import("~/domain/license/key-text.server");
}

/** The id behind the version, that names the encryption key. */
function headerOf(sealed: Uint8Array): string {
  return Buffer.from(sealed.subarray(1, 5)).toString("hex");
}

/** Seals pool keys under the one key and then under the other, until told that it is over. @returns how many */
async function resealToAndFro(resealing: { isOver: boolean }): Promise<number> {
  const ways = [];
  for (const keys of [`${newer},${older}`, `${older},${newer}`]) {
    await keyTextUnder(keys);
    const { resealBatch } = await import("~/domain/key-rotation/reseal-batch.server");
    const { sealedColumns } = await import("~/domain/key-rotation/sealed-columns.server");
    const { db: own } = await import("~/db.server");
    const poolKeys = sealedColumns.find(({ name }) => name.includes("license key"));
    ways.push({ reseal: async () => poolKeys && (await resealBatch(poolKeys, poolKeys.start)), own });
  }
  let count = 0;
  for (let turn = 0; !resealing.isOver; turn++) count += (await ways[turn % 2]?.reseal())?.resealed ?? 0;
  for (const { own } of ways) await own.$disconnect();
  return count;
}

async function untilResealed(poolId: string, count: number) {
  const old = headerOf(encryptKey("any", "text"));
  for (let done = 0; done < count;) {
    await wait(5);
    const [row] = await db.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM "PoolKey"
      WHERE "poolId" = ${poolId}::uuid AND substring("ciphertext" FROM 2 FOR 4) <> decode(${old}, 'hex')`;
    done = row?.count ?? 0;
  }
}

describe("npm run rotate-keys", () => {
  test("given 10,000 keys, when it is killed half way and run again, then each key opens, is found as before, and none is left", async () => {
    const pool = await createPool({ keys: 10_000 });
    const { shopId } = pool;
    const before = await db.poolKey.findMany({ where: { shopId }, orderBy: { seq: "asc" } });
    const killed = run();
    await untilResealed(pool.id, 2_000);
    killed.child.kill("SIGKILL");
    await killed.ended;
    const half = await db.poolKey.findMany({ where: { shopId }, orderBy: { seq: "asc" } });

    const { code, said } = await run().ended;

    const after = await db.poolKey.findMany({ where: { shopId }, orderBy: { seq: "asc" } });
    const both = await keyTextUnder(`${newer},${older}`);
    const texts = (keys: typeof after) => keys.map((key) => both.decryptKey(shopId, key.ciphertext));
    expect(new Set(half.map((key) => headerOf(key.ciphertext))).size).toBe(2);
    expect(texts(half)).toEqual(texts(before));
    expect(texts(after)).toEqual(texts(before));
    expect(new Set(after.map((key) => headerOf(key.ciphertext)))).toEqual(
      new Set([headerOf(both.encryptKey(shopId, "text"))]),
    );
    expect(after.map(({ ciphertext: _, ...key }) => key)).toEqual(before.map(({ ciphertext: _, ...key }) => key));
    expect(Buffer.from(after[0]?.keyHash ?? [])).toEqual(both.keyHash(shopId, texts(after)[0] ?? ""));
    expect({ code, said }).toMatchObject({
      code: 0,
      said: expect.stringMatching(/^Under another key.*\n[^]*nothing left\.\n$/),
    });
    expect((await run().ended).said).toContain("Nothing is left to do");
  });

  test("given a run under way, when it is told to stop, then it ends after its batch, says what is left, and nothing is half written", async () => {
    const pool = await createPool({ keys: 10_000 });
    const { child, ended } = run();
    await untilResealed(pool.id, 1);

    child.kill("SIGINT");

    const { code, said } = await ended;
    expect(code).toBe(130);
    expect(said).toMatch(/encrypted anew; [\d,]+ license keys left\.\nStopped\. Run it again to go on\.\n$/);
    const { decryptKey } = await keyTextUnder(`${newer},${older}`);
    const keys = await db.poolKey.findMany({ where: { poolId: pool.id } });
    expect(new Set(keys.map((key) => decryptKey(pool.shopId, key.ciphertext))).size).toBe(10_000);
  });

  test("given 400 keys that are sealed anew again and again, when 400 are claimed one by one, then none finds the pool empty", async () => {
    const pool = await createPool({ keys: 400 });
    const { shopId, id: poolId } = pool;
    const { id: firstId, orderId, lineId, attachmentId } = await createGrant({ poolId, shopId, state: "waiting" });
    const columns = { shopId, orderId, lineId, attachmentId, poolId, state: "waiting" as const };
    const rest = Array.from({ length: 399 }, (_, index) => ({ ...columns, unit: index + 1 }));
    const others = await db.grant.createManyAndReturn({ data: rest, select: { id: true } });
    const grantIds = [firstId, ...others.map(({ id }) => id)];
    await openConnections(8);
    const resealing = { isOver: false };
    const resealed = resealToAndFro(resealing);

    const claim = (grantId: string) => inTransaction((tx) => claimKeys(tx, { shopId, poolId, grantIds: [grantId] }));
    const callers = Array.from({ length: 8 }, (_, caller) => grantIds.filter((_id, index) => index % 8 === caller));
    const served = await Promise.all(
      callers.map(async (own) => {
        const claims = [];
        for (const grantId of own) claims.push(...(await claim(grantId)));
        return claims;
      }),
    );
    resealing.isOver = true;

    expect(served.flat().toSorted()).toEqual(grantIds.toSorted());
    expect(await resealed).toBeGreaterThan(400);
    const { decryptKey } = await keyTextUnder(`${newer},${older}`);
    const keys = await db.poolKey.findMany({ where: { poolId } });
    expect(new Set(keys.map((key) => decryptKey(shopId, key.ciphertext))).size).toBe(400);
  });

  test("given a link, a signing key and a staged key, when it has run, then each opens under the new key alone", async () => {
    const { shopId, id: deliveryId } = await createDelivery();
    const pool = await createPool({ shopId });
    const columns = { shopId, poolId: pool.id, fileName: "keys.csv", added: 0, duplicates: 0, bad: 0, report: {} };
    const file = await db.keyImport.create({ data: columns });
    const staged = { importId: file.id, line: 1, id: file.id, keyEnd: "0001", keyHash: keyHash(shopId, "STAGED-0001") };
    await db.stagedKey.create({ data: { ...staged, ciphertext: encryptKey(shopId, "STAGED-0001") } });
    await db.signingKey.create({ data: { shopId, publicJwk: {}, ciphertext: encryptKey(shopId, "private") } });

    const { code } = await run().ended;

    expect(code).toBe(0);
    const { decryptKey } = await keyTextUnder(newer);
    const delivery = await db.delivery.findUniqueOrThrow({ where: { id: deliveryId } });
    const signing = await db.signingKey.findFirstOrThrow({ where: { shopId } });
    const key = await db.stagedKey.findFirstOrThrow({ where: { importId: file.id } });
    expect(decryptKey(shopId, delivery.tokenCiphertext ?? new Uint8Array())).toMatch(/.{20,}/);
    expect(decryptKey(shopId, signing.ciphertext)).toBe("private");
    expect(decryptKey(shopId, key.ciphertext ?? new Uint8Array())).toBe("STAGED-0001");
  });

  test("given a key under a key that is no longer listed, when it runs, then it says so, leaves it, and does the rest", async () => {
    const shop = await createShop();
    const lost = await keyTextUnder(Buffer.alloc(32, "lost").toString("base64"));
    const pool = await createPool({ shopId: shop.id, keys: 2 });
    const ciphertext = lost.encryptKey(shop.id, "LOST-0001");
    const hash = keyHash(shop.id, "LOST-0001");
    await db.poolKey.create({ data: { shopId: shop.id, poolId: pool.id, ciphertext, keyHash: hash, keyEnd: "0001" } });

    const { code, said } = await run().ended;

    expect(code).toBe(1);
    expect(said).toContain("2 encrypted anew; 1 license key left.");
    expect(said).toContain("1 did not open");
    const kept = await db.poolKey.findFirstOrThrow({ where: { keyEnd: "0001", shopId: shop.id, keyHash: hash } });
    expect(Buffer.from(kept.ciphertext)).toEqual(ciphertext);
  });

  test("when help is asked for, then it says that the last key stays, and nothing is touched", async () => {
    await createPool({ keys: 1 });

    const { code, said } = await run(undefined, ["--help"]).ended;

    expect(code).toBe(0);
    expect(said).toContain("The LAST key stays on the list for good");
    expect((await run().ended).said).toContain("1 encrypted anew");
  });
});
