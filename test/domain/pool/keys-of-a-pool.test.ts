import { randomBytes, randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { db, inTransaction, type Tx } from "~/db.server";
import { createPool } from "../../factories";
import { untilOneWaits } from "../../setup/until-one-waits";

describe("no key without its pool, which triggers see to", () => {
  test("given a pool that does not exist, when keys are added to it and to another, then none is", async () => {
    const pool = await createPool();

    const adding = db.poolKey.createMany({ data: [newKey(pool), newKey({ ...pool, id: randomUUID() })] });

    await expect(adding).rejects.toMatchObject({ code: "P2003" });
    expect(await db.poolKey.count({ where: { shopId: pool.shopId } })).toBe(0);
  });

  test("given a pool that does not exist, when a key is moved to it, then it stays", async () => {
    const { id: poolId } = await createPool({ keys: 1 });

    const moving = db.poolKey.updateMany({ where: { poolId }, data: { poolId: randomUUID() } });

    await expect(moving).rejects.toMatchObject({ code: "P2003" });
    expect(await db.poolKey.count({ where: { poolId } })).toBe(1);
  });

  test("given no search path, as where a dump is restored, when keys are added, moved and deleted with their pool, then they are", async () => {
    const pool = await createPool();
    const other = await createPool({ shopId: pool.shopId });

    await inTransaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL search_path = ''`;
      await tx.$executeRaw`
        INSERT INTO public."PoolKey" (id, "shopId", "poolId", ciphertext, "keyHash", "keyEnd")
        VALUES (${randomUUID()}::uuid, ${pool.shopId}::uuid, ${pool.id}::uuid, '1', '1', '')`;
      await tx.$executeRaw`UPDATE public."PoolKey" SET "poolId" = ${other.id}::uuid WHERE "poolId" = ${pool.id}::uuid`;
      await tx.$executeRaw`DELETE FROM public."Pool" WHERE id = ${other.id}::uuid`;
    });

    expect(await db.poolKey.count({ where: { shopId: pool.shopId } })).toBe(0);
  });

  test("given a pool with keys, when it is deleted, then its keys are, and no others", async () => {
    const pool = await createPool({ keys: 3 });
    const other = await createPool({ shopId: pool.shopId, keys: 2 });

    await db.pool.delete({ where: { id: pool.id } });

    expect(await db.poolKey.groupBy({ by: ["poolId"], where: { shopId: pool.shopId }, _count: true })).toEqual([
      { poolId: other.id, _count: 2 },
    ]);
  });

  test.each([
    ["added", (tx: Tx, pool: Pool) => tx.poolKey.create({ data: newKey(pool) })],
    [
      "moved there",
      (tx: Tx, { id: poolId, shopId }: Pool) => tx.poolKey.updateMany({ where: { shopId }, data: { poolId } }),
    ],
  ])(
    "given a key that is being %s, when its pool is deleted meanwhile, then that waits and takes the key too",
    async (_, act) => {
      const pool = await createPool();
      await createPool({ shopId: pool.shopId, keys: 1 });
      const deleting: Promise<unknown>[] = [];

      await inTransaction(async (tx) => {
        await act(tx, pool);
        deleting.push(db.pool.delete({ where: { id: pool.id } }).then()); // begun now, not when it is awaited
        await untilOneWaits();
      });
      await Promise.all(deleting);

      expect(await db.poolKey.count({ where: { poolId: pool.id } })).toBe(0);
    },
  );

  test.each([
    ["added", (pool: Pool) => db.poolKey.create({ data: newKey(pool) })],
    ["moved there", ({ id: poolId, shopId }: Pool) => db.poolKey.updateMany({ where: { shopId }, data: { poolId } })],
  ])(
    "given a pool that is being deleted, when a key is %s meanwhile, then that waits and is refused",
    async (_, act) => {
      const pool = await createPool();
      await createPool({ shopId: pool.shopId, keys: 1 });
      const refused: Promise<unknown>[] = [];

      await inTransaction(async (tx) => {
        await tx.pool.delete({ where: { id: pool.id } });
        refused.push(expect(act(pool)).rejects.toMatchObject({ code: "P2003" }));
        await untilOneWaits();
      });
      await Promise.all(refused);

      expect(await db.poolKey.count({ where: { poolId: pool.id } })).toBe(0);
    },
  );
});

type Pool = { id: string; shopId: string };

function newKey({ id: poolId, shopId }: Pool) {
  return { shopId, poolId, ciphertext: randomBytes(40), keyHash: randomBytes(32), keyEnd: "0001" };
}
